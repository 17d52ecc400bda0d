package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.ProposalBranch.Draft;
import dev.syncline.core.port.ProposalBranch.Move;
import dev.syncline.core.port.ProposalBranch.Place;
import dev.syncline.core.port.ProposalBranch.Tips;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.server.ledger.PartialRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read and written of a large repository, over http, with Git's own server. */
final class GitProposalBranchTest {

  private static final FilePath DATA = new FilePath("data/models.json");

  @TempDir Path folder;
  private RemoteStage stage;
  private GitHttpHost host;
  private Path remote;
  private GitProposalBranch branch;

  @BeforeEach
  void start() throws IOException {
    stage = RemoteStage.in(folder);
    host = new GitHttpHost(folder);
    remote = NativeGit.bare(folder.resolve("remote.git"));
    NativeGit.git(remote, "config", "uploadpack.allowFilter", "true");
    var files = new LinkedHashMap<String, String>();
    var random = new Random(7);
    for (int i = 0; i < 20; i++) {
      files.put("images/" + i + ".bin", noise(random, 100_000));
    }
    files.put(DATA.value(), "{\n    \"a\": 1\n}\n");
    files.put("README.md", "read me\n");
    NativeGit.commit(remote, "main", "before", Map.of("old.bin", noise(random, 500_000)));
    NativeGit.commit(remote, "main", "everything", files);
    branch = open();
  }

  @AfterEach
  void stop() {
    branch.close();
    host.close();
    stage.close();
  }

  @Test
  void ofALargeRepositoryOnlyNamesAreFetched() throws IOException {
    Tips tips = branch.look();
    assertEquals(Optional.of(tip("main")), tips.base());
    assertEquals(Optional.empty(), tips.proposed());
    FileVersion there = branch.files(tip("main")).at(DATA).orElseThrow();
    branch.bring(Set.of(there.content()), stage.ledger());
    assertEquals("{\n    \"a\": 1\n}\n", text(stage.ledger().read(there.content())));
    assertTrue(size() < 20_000, "fetched " + size() + " bytes of 2.5 MB");
  }

  @Test
  void aLookWithoutNewsAsksTwiceAndNoMore() {
    branch.look();
    int before = host.requests().size();
    branch.look();
    assertEquals(2, host.requests().size() - before);
  }

  @Test
  void aProposalIsACommitOnTopThatChangesNothingElse() {
    CommitId made = propose("{\n    \"a\": 2\n}\n", List.of(tip("main")));
    assertEquals(new Pushed.Done(), push(Optional.empty(), Optional.of(made)));
    assertEquals(made, tip("sync/data"));
    assertEquals(
        "M\tdata/models.json", NativeGit.git(remote, "diff", "--name-status", "main", "sync/data"));
    assertEquals("{\n    \"a\": 2\n}", NativeGit.git(remote, "show", "sync/data:data/models.json"));
    assertEquals(
        "Bot <bot@example.org> models differ b64",
        NativeGit.git(
            remote,
            "log",
            "-1",
            "--format=%an <%ae> %s %(trailers:key=Syncline-Drift,valueonly,separator=%x2C)",
            "sync/data"));
    NativeGit.mustBeSound(remote);
    assertEquals(made, branch.look().proposed().orElseThrow());
  }

  @Test
  void whoeverWasFasterIsNotOverwritten() {
    CommitId made = propose("{}\n", List.of(tip("main")));
    push(Optional.empty(), Optional.of(made));
    NativeGit.commit(remote, "sync/data", "a person's", Map.of("note.md", "mine"));
    CommitId theirs = tip("sync/data");
    CommitId other = propose("{\"b\": 1}\n", List.of(made));
    assertInstanceOf(Pushed.Moved.class, push(Optional.of(made), Optional.of(other)));
    assertEquals(theirs, tip("sync/data"));
    assertEquals(theirs, branch.look().proposed().orElseThrow());
    assertEquals("a person's", branch.version(theirs).message());
  }

  @Test
  void aBranchBeginsAnewAndEnds() {
    CommitId made = propose("{}\n", List.of(tip("main")));
    push(Optional.empty(), Optional.of(made));
    NativeGit.commit(remote, "main", "more", Map.of("README.md", "read me too\n"));
    branch.look();
    CommitId anew = propose("{\"b\": 1}\n", List.of(tip("main")));
    assertEquals(new Pushed.Done(), push(Optional.of(made), Optional.of(anew)));
    assertEquals(anew, tip("sync/data"));
    assertEquals(new Pushed.Done(), push(Optional.of(anew), Optional.empty()));
    assertEquals("", NativeGit.git(remote, "for-each-ref", "refs/heads/sync"));
    assertEquals(new Pushed.Done(), push(Optional.empty(), Optional.empty()));
  }

  @Test
  void aReportIsTheSameCommitForTheSameTextAndOnNoBranch() throws IOException {
    CommitId made = propose("{}\n", List.of(tip("main")));
    CommitId report = report("all of it\n");
    assertEquals(
        Map.of(Place.REPORT, new Pushed.Done(), Place.PROPOSALS, new Pushed.Done()),
        push(
            new Move(Place.REPORT, Optional.empty(), Optional.of(report)),
            new Move(Place.PROPOSALS, Optional.empty(), Optional.of(made))));
    assertEquals(
        report.hex() + " refs/syncline/reports/sync/data",
        NativeGit.git(
            remote, "for-each-ref", "--format=%(objectname) %(refname)", "refs/syncline"));
    assertEquals("all of it", NativeGit.git(remote, "show", report + ":report.md"));
    NativeGit.mustBeSound(remote);
    stage.clock().move(Duration.ofDays(1));
    assertEquals(report, report("all of it\n"));
    assertEquals(Optional.of(report), branch.look().report());
    CommitId other = report("all of it, and more\n");
    assertEquals(
        Map.of(Place.REPORT, new Pushed.Done()),
        push(new Move(Place.REPORT, Optional.of(report), Optional.of(other))));
    assertEquals(
        Map.of(Place.REPORT, new Pushed.Moved()),
        push(new Move(Place.REPORT, Optional.of(report), Optional.empty())));
    assertEquals(
        Map.of(Place.REPORT, new Pushed.Done(), Place.PROPOSALS, new Pushed.Done()),
        push(
            new Move(Place.REPORT, Optional.of(other), Optional.empty()),
            new Move(Place.PROPOSALS, Optional.of(made), Optional.empty())));
    assertEquals("refs/heads/main", NativeGit.git(remote, "for-each-ref", "--format=%(refname)"));
  }

  @Test
  void ofAHostThatRefusesOneTheOtherIsTaken() throws IOException {
    hook("update", "case $1 in refs/heads/*) exit 0;; esac; echo no reports >&2; exit 1");
    CommitId made = propose("{}\n", List.of(tip("main")));
    Map<Place, Pushed> pushed =
        push(
            new Move(Place.REPORT, Optional.empty(), Optional.of(report("all of it\n"))),
            new Move(Place.PROPOSALS, Optional.empty(), Optional.of(made)));
    assertEquals(new Pushed.Done(), pushed.get(Place.PROPOSALS));
    assertTrue(String.valueOf(pushed.get(Place.REPORT)).contains("no reports"), pushed::toString);
    assertEquals(made, tip("sync/data"));
  }

  @Test
  void aBaseThatWasWrittenAnewIsToldFromOneThatMoved() {
    branch.look();
    CommitId first = tip("main");
    NativeGit.commit(remote, "main", "more", Map.of("README.md", "read me too\n"));
    branch.look();
    CommitId second = tip("main");
    assertFalse(branch.isWithout(second, first));
    NativeGit.git(remote, "update-ref", "refs/heads/main", first.hex());
    NativeGit.commit(remote, "main", "another", Map.of("README.md", "read this\n"));
    branch.look();
    assertTrue(branch.isWithout(tip("main"), second));
    assertFalse(branch.isWithout(tip("main"), first));
  }

  @Test
  void whatWasBeforeACopyBeganIsNotKnown() throws IOException {
    CommitId first = tip("main");
    NativeGit.commit(remote, "main", "more", Map.of("README.md", "read me too\n"));
    branch.look();
    assertFalse(branch.isWithout(tip("main"), first));
  }

  @Test
  void whoChangedAFileIsFoundAmongAllThatCameSince() {
    branch.look();
    CommitId before = tip("main");
    NativeGit.commit(remote, "main", "the data", Map.of(DATA.value(), "{}\n"));
    CommitId change = tip("main");
    NativeGit.commit(remote, "main", "another file", Map.of("README.md", "x"));
    branch.look();
    assertEquals(change, branch.lastChange(tip("main"), Optional.of(before), DATA).id());
    assertEquals(tip("main"), branch.lastChange(tip("main"), Optional.empty(), DATA).id());
  }

  @Test
  void aCopyThatIsDamagedOrGoneIsMadeAgain() throws IOException {
    branch.look();
    branch.close();
    Path copy = folder.resolve("copy");
    try (Stream<Path> all = Files.walk(copy.resolve("objects"))) {
      for (Path pack : all.filter(file -> file.toString().endsWith(".pack")).toList()) {
        Files.delete(pack);
      }
    }
    branch = open();
    assertEquals(Optional.of(tip("main")), branch.look().base());
    assertTrue(branch.files(tip("main")).at(DATA).isPresent());
  }

  @Test
  void aHostThatCantLeaveContentsOutSendsThem() {
    NativeGit.git(remote, "config", "uploadpack.allowFilter", "false");
    branch.look();
    FileVersion there = branch.files(tip("main")).at(DATA).orElseThrow();
    branch.bring(Set.of(there.content()), stage.ledger());
    assertEquals("{\n    \"a\": 1\n}\n", text(stage.ledger().read(there.content())));
  }

  private GitProposalBranch open() {
    return new GitProposalBranch(
        PartialRepository.open(folder.resolve("copy"), new Author("Bot", "bot@example.org")),
        RemoteStage.spec(host.url("remote.git"), new Credentials.None()),
        "sync/data",
        stage.clock(),
        FetchProgress.NONE);
  }

  private Pushed push(Optional<CommitId> expected, Optional<CommitId> commit) {
    return Objects.requireNonNull(
        push(new Move(Place.PROPOSALS, expected, commit)).get(Place.PROPOSALS));
  }

  private Map<Place, Pushed> push(Move... moves) {
    return branch.push(List.of(moves));
  }

  private CommitId propose(String data, List<CommitId> parents) {
    branch.look();
    FileVersion version =
        FileVersion.regular(stage.ledger().put(data.getBytes(StandardCharsets.UTF_8)));
    return branch.commit(
        new Draft(
            tip("main"),
            Map.of(DATA, Optional.of(version)),
            parents,
            "models differ",
            Map.of("Syncline-Drift", "b64")),
        stage.ledger());
  }

  private CommitId report(String text) {
    return branch.report("report.md", text.getBytes(StandardCharsets.UTF_8));
  }

  private void hook(String name, String script) throws IOException {
    Path hook = remote.resolve("hooks").resolve(name);
    Files.createDirectories(hook.resolveSibling(""));
    Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CommitId tip(String name) {
    return new CommitId(NativeGit.git(remote, "rev-parse", "refs/heads/" + name));
  }

  private long size() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("copy"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static String noise(Random random, int length) {
    var noise = new StringBuilder();
    while (noise.length() < length) {
      noise.append(Long.toString(random.nextLong(), 36));
    }
    return noise.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

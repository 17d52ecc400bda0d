package dev.syncline.server.endpoint.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Derivation;
import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.server.config.Secret;
import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.forge.ForgeRepository;
import dev.syncline.server.forge.GitHubApp;
import dev.syncline.server.forge.InstallationTokens;
import dev.syncline.server.forge.Login;
import dev.syncline.server.forge.testforge.TestApp;
import dev.syncline.server.forge.testforge.TestForge;
import dev.syncline.server.forge.testforge.TestPull;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A repository on a forge that takes pull requests, and one Syncline or two that make them. */
final class ProposalStage implements AutoCloseable {

  private final Path folder;
  private final SettableClock clock = new SettableClock();
  private final TestForge forge;
  private final List<Derivation> derived;
  private final Supplier<TestSyncline.Place> place;
  private final TestSyncline first;
  private Optional<TestSyncline> second = Optional.empty();

  ProposalStage(Path folder, ForgeKind kind, Map<String, String> files) {
    this(folder, kind, files, List.of(), company(kind));
  }

  ProposalStage(Path folder, ForgeKind kind, Map<String, String> files, List<Derivation> derived) {
    this(folder, kind, files, derived, company(kind));
  }

  /** With labels and people of its own. */
  ProposalStage(Path folder, ForgeKind kind, Map<String, String> files, Company company) {
    this(folder, kind, files, List.of(), company);
  }

  private ProposalStage(
      Path folder,
      ForgeKind kind,
      Map<String, String> files,
      List<Derivation> derived,
      Company company) {
    this.folder = folder;
    this.derived = derived;
    this.forge = TestForge.of(kind, folder.resolve("forge"), clock);
    var repository = ForgeRepository.of(forge.url(), Optional.of(kind), Optional.empty());
    this.place =
        () ->
            new TestSyncline.Place(
                repository, forge.url(), new Login.Token(() -> TestForge.TOKEN), company);
    this.first = begin(files);
  }

  private ProposalStage(Path folder, Map<String, String> files) {
    this.folder = folder;
    this.derived = List.of();
    var app = new TestApp(clock);
    this.forge = TestForge.gitHub(folder.resolve("forge"), clock, app);
    var repository =
        ForgeRepository.of(forge.url(), Optional.of(ForgeKind.GITHUB), Optional.empty());
    var known = new GitHubApp(TestApp.ID, Optional.empty(), Secret.literal(app.pem()));
    this.place =
        () ->
            new TestSyncline.Place(
                repository,
                forge.url(),
                new Login.App(
                    new InstallationTokens(
                        known, repository, GitHubApp.Purpose.PULL_REQUESTS, clock)),
                company(ForgeKind.GITHUB));
    this.first = begin(files);
  }

  /** On GitHub, as an app whose commits are verified. */
  static ProposalStage app(Path folder, Map<String, String> files) {
    return new ProposalStage(folder, files);
  }

  /** Whom and what a forge takes. */
  static Company company(ForgeKind kind) {
    List<String> teams = kind == ForgeKind.GITLAB ? List.of() : List.of("editors");
    return new Company(List.of("automated"), List.of("ben"), teams, List.of("cleo"));
  }

  private TestSyncline begin(Map<String, String> files) {
    forge.commit("main", "first", files);
    return new TestSyncline(folder.resolve("first"), clock, place.get(), derived);
  }

  TestSyncline first() {
    return first;
  }

  /** Another Syncline, which knows nothing of the first. */
  TestSyncline second() {
    if (second.isEmpty()) {
      second = Optional.of(new TestSyncline(folder.resolve("second"), clock, place.get(), derived));
    }
    return second.get();
  }

  void startAnew() {
    first.startAnew();
  }

  Run run() {
    return first.run();
  }

  SettableClock clock() {
    return clock;
  }

  TestForge forge() {
    return forge;
  }

  List<TestPull> pulls() {
    return forge.pulls().all();
  }

  TestPull onlyPull() {
    assertEquals(1, pulls().size());
    return pulls().getFirst();
  }

  /** Git's answer about the repository on the forge. */
  String git(String... arguments) {
    return NativeGit.git(forge.repository().path(), arguments);
  }

  /** What the host says to a push; a line of shell, empty for none. */
  void hook(String name, String script) {
    Path hook = forge.repository().path().resolve("hooks").resolve(name);
    try {
      Files.createDirectories(hook.resolveSibling(""));
      Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
      Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String inLedger(String... arguments) {
    return first.inLedger(arguments);
  }

  String version() {
    return inLedger("for-each-ref");
  }

  /** What the ledger has in a file. */
  String ledger(String path) {
    return first.file(path).orElseThrow();
  }

  /** All requests since they were forgotten, of Git and of the API. */
  int requests() {
    return forge.requests().size() + forge.gitRequests().size();
  }

  String listed() {
    return forge.requests() + " and " + forge.gitRequests();
  }

  /** Another link brings a file into the ledger. */
  void sourceSays(String path, String text) {
    first.sourceSays(path, Optional.of(text));
  }

  @Override
  public void close() {
    second.ifPresent(TestSyncline::close);
    first.close();
    forge.close();
  }
}

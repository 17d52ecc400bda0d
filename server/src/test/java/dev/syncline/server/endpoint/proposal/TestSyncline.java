package dev.syncline.server.endpoint.proposal;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.syncline.core.flow.Link;
import dev.syncline.core.flow.LinkRunner;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Run;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Derivation;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.server.forge.ForgeRepository;
import dev.syncline.server.forge.Forges;
import dev.syncline.server.forge.Login;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.LedgerSettings;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.server.ledger.PartialRepository;
import dev.syncline.server.ledger.remote.Credentials;
import dev.syncline.server.ledger.remote.FetchProgress;
import dev.syncline.server.ledger.remote.GitProposalBranch;
import dev.syncline.server.ledger.remote.RemoteLimits;
import dev.syncline.server.ledger.remote.RemoteSpec;
import dev.syncline.server.ledger.remote.RemoteUrl;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.workspace.MemoryJournal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One Syncline: a ledger, and a link that proposes what it has. */
final class TestSyncline implements AutoCloseable {

  static final String BRANCH = "sync/data";

  private static final LinkName LINK = new LinkName("github");

  /** What one that proposes is told about the place. */
  record Place(ForgeRepository repository, String url, Login login, Company company) {}

  private final Path folder;
  private final SettableClock clock;
  private final Forges forges;
  private final Place place;
  private final List<Derivation> derived;
  private final GitLedger ledger;
  private final LinkRunner runner;
  private Link link;
  private int runs;
  private int copies;

  TestSyncline(Path folder, SettableClock clock, Place place, List<Derivation> derived) {
    this.folder = folder;
    this.clock = clock;
    this.forges = new Forges(clock, clock::move);
    this.place = place;
    this.derived = derived;
    this.ledger = GitLedger.open(folder.resolve("ledger.git"), LedgerSettings.with(clock));
    this.link = link();
    this.runner = new LinkRunner(ledger, new MemoryJournal(), clock);
  }

  private Link link() {
    var spec =
        new RemoteSpec(
            LINK,
            RemoteUrl.parse(place.url(), Set.of()),
            "main",
            new Credentials.Token("x-access-token", "the test", place.login()::token),
            RemoteLimits.USUAL);
    var copy =
        PartialRepository.open(
            folder.resolve("copy" + copies++), new Author("Bot", "bot@example.org"));
    var branch = new GitProposalBranch(copy, spec, BRANCH, clock, FetchProgress.NONE);
    List<Glob> files =
        derived.isEmpty()
            ? List.of(Glob.of("*.json"))
            : derived.stream().map(it -> Glob.of(it.master().value())).toList();
    var mapping = new PathMapping(Optional.empty(), files, List.of(), List.of());
    var settings =
        new ProposalSettings(
            "main",
            BRANCH,
            path -> mapping.toLedger(path).isPresent(),
            Map.of(),
            derived,
            new Threshold(1, Map.of()),
            Wording.usual("The catalogue"),
            place.company());
    var requests = forges.pullRequests(place.repository(), place.login());
    var endpoint = ProposalEndpoint.onForge(branch, requests, settings, path -> Optional.empty());
    return new Link(
        LINK,
        mapping,
        new Planner(Direction.BOTH, NamedPolicy.rules(Map.of()), Safeguard.USUAL, "github"),
        endpoint);
  }

  /** Another process, which has the ledger and nothing else. */
  void startAnew() {
    link.endpoint().close();
    link = link();
  }

  Run run() {
    clock.move(Duration.ofSeconds(1));
    return runner.run(new RunId("run-" + runs++), link, new Hints.Everywhere());
  }

  String inLedger(String... arguments) {
    return NativeGit.git(folder.resolve("ledger.git"), arguments);
  }

  /** What the ledger has in a file; empty if it has none. */
  Optional<String> file(String path) {
    return ledger
        .head()
        .files()
        .at(new FilePath(path))
        .map(version -> new String(ledger.read(version.content()), StandardCharsets.UTF_8));
  }

  /** Another link brings a file into the ledger, or removes it. */
  void sourceSays(String path, Optional<String> text) {
    var now = text.map(it -> FileVersion.regular(ledger.put(it.getBytes(StandardCharsets.UTF_8))));
    var head = ledger.head();
    var file = new FilePath(path);
    var byPath = new TreeMap<FilePath, FileChange>();
    FileChange.between(head.files().at(file), now).ifPresent(change -> byPath.put(file, change));
    if (byPath.isEmpty()) {
      return;
    }
    var changes = new Changes(byPath);
    var edit = new Edit(new Author("API", ""), clock.instant(), "data", changes);
    assertInstanceOf(
        Recorded.Committed.class,
        ledger.record(
            new Recording(
                new RunId("edit-" + runs++),
                head,
                changes,
                new Recording.Theirs.Edits(List.of(edit)),
                Optional.empty(),
                List.of(),
                Set.of())));
  }

  @Override
  public void close() {
    link.endpoint().close();
    ledger.close();
    forges.close();
  }
}

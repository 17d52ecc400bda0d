package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.LedgerSettings;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A ledger's repository and what a test does with one remote. */
record RemoteStage(Path folder, GitLedger ledger, SettableClock clock) implements AutoCloseable {

  static final RemoteLimits LIMITS =
      new RemoteLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 10 << 20, 5 << 20);

  static RemoteStage in(Path folder) {
    NativeGit.need("git");
    var clock = new SettableClock();
    Path ledger = folder.resolve("ledger.git");
    return new RemoteStage(folder, GitLedger.open(ledger, LedgerSettings.with(clock)), clock);
  }

  static RemoteSpec spec(String url, Credentials credentials) {
    return spec(url, credentials, LIMITS);
  }

  static RemoteSpec spec(String url, Credentials credentials, RemoteLimits limits) {
    return new RemoteSpec(
        new LinkName("github"),
        RemoteUrl.parse(url, Set.of(RemoteUrl.Allowed.FOLDERS)),
        "main",
        credentials,
        limits);
  }

  /** What a failure tells people. */
  static String said(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }

  Path ledgerFolder() {
    return folder.resolve("ledger.git");
  }

  GitRemoteBranch branch(RemoteSpec spec) {
    return new GitRemoteBranch(ledger, spec, clock, FetchProgress.NONE);
  }

  Optional<String> fetch(RemoteSpec spec) {
    return branch(spec).fetch().map(CommitId::hex);
  }

  Pushed push(RemoteSpec spec, String commit, Optional<String> expected) {
    return branch(spec).push(new CommitId(commit), expected.map(CommitId::new));
  }

  /**
   * Puts a commit on top of another of the ledger, as if it had been recorded; the ledger's own
   * branch is its own.
   */
  String commit(String message, Map<String, String> files, Optional<String> on) {
    on.ifPresent(commit -> NativeGit.git(ledgerFolder(), "update-ref", "refs/heads/ours", commit));
    return NativeGit.commit(ledgerFolder(), "ours", message, files);
  }

  /** Everything that a fetch could have left behind. */
  long filesInLedger() throws IOException {
    try (Stream<Path> files = Files.walk(ledgerFolder())) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Override
  public void close() {
    ledger.close();
  }
}

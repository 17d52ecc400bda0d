package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A ledger's repository and what a test does with one remote. */
record RemoteStage(Path folder, Repository ledger, SettableClock clock) implements AutoCloseable {

  static final RemoteLimits LIMITS =
      new RemoteLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 10 << 20, 5 << 20);

  static RemoteStage in(Path folder) throws IOException {
    NativeGit.need("git");
    Path ledger = NativeGit.bare(folder.resolve("ledger.git"));
    return new RemoteStage(
        folder,
        new FileRepositoryBuilder().setGitDir(ledger.toFile()).setMustExist(true).build(),
        new SettableClock());
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
    return ledger.getDirectory().toPath();
  }

  Optional<String> fetch(RemoteSpec spec) {
    return new Fetch(ledger, spec, clock, FetchProgress.NONE).run().map(ObjectId::name);
  }

  Pushed push(RemoteSpec spec, String commit, Optional<String> expected) {
    return new Push(ledger, spec, clock, FetchProgress.NONE)
        .run(ObjectId.fromString(commit), expected.map(ObjectId::fromString));
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

package dev.syncline.server.forge;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.VerifiedCommits;
import dev.syncline.core.port.VerifiedCommits.Contents;
import dev.syncline.server.config.Secret;
import dev.syncline.server.forge.testforge.TestApp;
import dev.syncline.server.forge.testforge.TestForge;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An app that makes commits on GitHub. */
abstract class AppOnGitHub {

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  final TestApp app = new TestApp(clock);
  private final Forges forges = new Forges(clock, clock::move);
  private Optional<TestForge> running = Optional.empty();
  private Optional<VerifiedCommits> commits = Optional.empty();

  @BeforeEach
  void start() {
    running = Optional.of(TestForge.gitHub(folder, clock, app));
    gitHub().commit("main", "first", Map.of("a.json", "{}", "old/b.txt", "b", "run", "#!"));
    var repository =
        ForgeRepository.of(gitHub().url(), Optional.of(ForgeKind.GITHUB), Optional.empty());
    var tokens =
        new InstallationTokens(
            new GitHubApp(TestApp.ID, Optional.empty(), Secret.literal(app.pem())),
            repository,
            GitHubApp.Purpose.PULL_REQUESTS,
            clock);
    commits = forges.pullRequests(repository, new Login.App(tokens)).verifiedCommits();
  }

  @AfterEach
  void stop() {
    NativeGit.mustBeSound(gitHub().repository().path());
    forges.close();
    gitHub().close();
  }

  TestForge gitHub() {
    return running.orElseThrow();
  }

  VerifiedCommits commits() {
    return commits.orElseThrow();
  }

  CommitId tip(String branch) {
    return new CommitId(gitHub().repository().tip(branch).orElseThrow());
  }

  static Optional<Contents> text(String text) {
    return Optional.of(new Contents(FileMode.REGULAR, text.getBytes(StandardCharsets.UTF_8)));
  }

  CommitId make(Map<FilePath, Optional<Contents>> files) {
    CommitId main = tip("main");
    return commits().make(main, files, List.of(main), "Drift of 3 records\n\nby us");
  }
}

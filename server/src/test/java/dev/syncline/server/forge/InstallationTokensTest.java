package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Secret;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.forge.testforge.Reply;
import dev.syncline.server.forge.testforge.TestApp;
import dev.syncline.server.forge.testforge.TestForge;
import dev.syncline.testkit.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GitHub App shows who it is, and gets tokens for as long as it is that. */
final class InstallationTokensTest {

  private static final String ASKED =
      "POST /api/v3/app/installations/" + TestApp.INSTALLATION + "/access_tokens";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private final TestApp app = new TestApp(clock);
  private Optional<TestForge> running = Optional.empty();

  @BeforeEach
  void start() {
    running = Optional.of(TestForge.gitHub(folder, clock, app));
  }

  @AfterEach
  void stop() {
    gitHub().close();
  }

  @Test
  void aTokenIsUsedForHalfItsLifeAndThenRenewed() {
    InstallationTokens tokens = tokens(key());
    String first = tokens.get();
    assertTrue(first.startsWith("ghs_") && first.length() > 500, first);
    clock.move(Duration.ofMinutes(29));
    assertEquals(first, tokens.get());
    clock.move(Duration.ofMinutes(1));
    assertNotEquals(first, tokens.get());
    assertEquals(List.of(ASKED, ASKED), gitHub().requests());
  }

  @Test
  void aKeyMayAlsoBeInTheNewerForm() {
    assertTrue(tokens(Secret.literal(app.pkcs8())).get().startsWith("ghs_"));
  }

  @Test
  void aKeyMayBeGivenOnOneLine() throws Exception {
    String line = app.pem().replace("\n", "\\n");
    assertTrue(tokens(Secret.literal(line)).get().startsWith("ghs_"));
    Path file = Files.writeString(folder.resolve("app.pem"), app.pem());
    assertTrue(tokens(Secret.file(file)).get().startsWith("ghs_"));
  }

  @Test
  void anInstallationIsFoundOnce() {
    var found = new GitHubApp(TestApp.ID, Optional.empty(), key());
    InstallationTokens tokens =
        new InstallationTokens(found, notes(), GitHubApp.Purpose.CONTENTS, clock);
    tokens.get();
    clock.move(Duration.ofMinutes(31));
    tokens.get();
    assertEquals(
        List.of("GET /api/v3/repos/anna/notes/installation", ASKED, ASKED), gitHub().requests());
    gitHub().trouble("/installation", Fault.answer(404, "Not Found"));
    String sentence =
        denied(new InstallationTokens(found, notes(), GitHubApp.Purpose.CONTENTS, clock));
    assertTrue(sentence.contains("install it for anna/notes"), sentence);
  }

  @Test
  void noMoreIsAskedForThanIsNeeded() {
    app.permissions.remove("pull_requests");
    assertTrue(tokens(key()).get().startsWith("ghs_"));
    String sentence = denied(tokens(GitHubApp.Purpose.PULL_REQUESTS));
    assertTrue(sentence.contains("Pull requests: read and write"), sentence);
    app.permissions.put("pull_requests", "write");
    assertTrue(tokens(GitHubApp.Purpose.PULL_REQUESTS).get().startsWith("ghs_"));
  }

  @Test
  void withoutThePermissionForTeamsTheRestStillWorks() {
    InstallationTokens tokens = tokens(GitHubApp.Purpose.PULL_REQUESTS_AND_TEAMS);
    assertTrue(tokens.get().startsWith("ghs_"));
    clock.move(Duration.ofMinutes(31));
    assertTrue(tokens.get().startsWith("ghs_"));
    assertEquals(List.of(ASKED, ASKED, ASKED), gitHub().requests());
  }

  @Test
  void aClockThatIsALittleAheadIsForgiven() {
    app.clock = () -> clock.instant().minusSeconds(50);
    assertTrue(tokens(key()).get().startsWith("ghs_"));
  }

  @Test
  void aClockThatIsWrongIsNamed() {
    app.clock = () -> clock.instant().minusSeconds(300);
    assertTrue(denied(tokens(key())).contains("300 seconds ahead of GitHub's"));
    app.clock = () -> clock.instant().plusSeconds(3000);
    assertTrue(denied(tokens(key())).contains("3000 seconds behind GitHub's"));
  }

  @Test
  void theKeyOfAnotherAppIsDenied() {
    String sentence = denied(tokens(Secret.literal(new TestApp(clock).pem())));
    assertTrue(sentence.contains("the key is one of its keys"), sentence);
  }

  @Test
  void anInstallationThatIsNotThereIsDenied() {
    var elsewhere =
        new InstallationTokens(
            new GitHubApp(TestApp.ID, Optional.of(1L), key()),
            notes(),
            GitHubApp.Purpose.CONTENTS,
            clock);
    String sentence = denied(elsewhere);
    assertTrue(sentence.contains("no installation 1"), sentence);
  }

  @Test
  void missingPermissionsAndSuspendedAppsAreDeniedWithGitHubsWords() {
    app.permissions.put("contents", "read");
    String sentence = denied(tokens(key()));
    String words = "The permissions requested are not granted to this installation.";
    assertTrue(sentence.contains(words) && sentence.contains("Contents: read and write"), sentence);
    gitHub().trouble("POST", Fault.answer(403, "This installation has been suspended"));
    sentence = denied(tokens(key()));
    assertTrue(sentence.contains("This installation has been suspended"), sentence);
  }

  @Test
  void limitsAndOutagesAreWaitedFor() {
    InstallationTokens tokens = tokens(key());
    gitHub()
        .trouble(
            "POST",
            Fault.answer(Reply.error(403, "rate limit exceeded").with("Retry-After", "120")));
    var limited = assertThrows(SyncException.Unavailable.class, tokens::get);
    assertEquals(Optional.of(clock.instant().plusSeconds(120)), limited.notBefore());
    gitHub().trouble("POST", Fault.answer(502, "Server Error"));
    assertThrows(SyncException.Unavailable.class, tokens::get);
    assertTrue(tokens.get().startsWith("ghs_"));
    gitHub().trouble("POST", Fault.reset());
    clock.move(Duration.ofHours(2));
    assertThrows(SyncException.Unavailable.class, tokens::get);
  }

  @Test
  void aLimitWithoutATimeIsAMinute() {
    gitHub().trouble("POST", Fault.answer(403, "You have exceeded a secondary rate limit."));
    var limited = assertThrows(SyncException.Unavailable.class, tokens(key())::get);
    assertEquals(Optional.of(clock.instant().plusSeconds(60)), limited.notBefore());
  }

  @Test
  void anAppThatIsInstalledAnewIsFoundAgain() {
    var gitHubApp = new GitHubApp(TestApp.ID, Optional.empty(), key());
    var tokens = new InstallationTokens(gitHubApp, notes(), GitHubApp.Purpose.CONTENTS, clock);
    String first = tokens.get();
    app.installation = TestApp.INSTALLATION + 1;
    clock.move(Duration.ofHours(2));
    assertNotEquals(first, tokens.get());
  }

  @Test
  void aFileWithoutAKeyIsDeniedAndQuotesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("app.pem"), "s3cret");
    assertFalse(denied(tokens(Secret.file(file))).contains("s3cret"));
    String empty = TestApp.pem("RSA PRIVATE KEY", new byte[300]);
    assertFalse(denied(tokens(Secret.literal(empty))).contains("AAAA"));
    Path missing = folder.resolve("missing");
    assertTrue(denied(tokens(Secret.file(missing))).contains("missing"));
  }

  private TestForge gitHub() {
    return running.orElseThrow();
  }

  private Secret key() {
    return Secret.literal(app.pem());
  }

  private ForgeRepository notes() {
    return new ForgeRepository(ForgeKind.GITHUB, gitHub().api(), "anna", "notes");
  }

  private InstallationTokens tokens(Secret key) {
    var gitHubApp = new GitHubApp(TestApp.ID, Optional.of(TestApp.INSTALLATION), key);
    return new InstallationTokens(gitHubApp, notes(), GitHubApp.Purpose.CONTENTS, clock);
  }

  private InstallationTokens tokens(GitHubApp.Purpose purpose) {
    var gitHubApp = new GitHubApp(TestApp.ID, Optional.of(TestApp.INSTALLATION), key());
    return new InstallationTokens(gitHubApp, notes(), purpose, clock);
  }

  private static String denied(InstallationTokens tokens) {
    return String.valueOf(assertThrows(SyncException.Denied.class, tokens::get).getMessage());
  }
}

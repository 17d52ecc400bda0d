package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.testkit.SettableClock;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GitHub App shows who it is, and gets tokens for as long as it is that. */
final class InstallationTokensTest {

  /** What PKCS #8 has before the PKCS #1 of a key of 2048 bits. */
  private static final int HEAD = 26;

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private Optional<FakeGitHub> running = Optional.empty();
  private Optional<KeyPair> made = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    made = Optional.of(generator.generateKeyPair());
    running = Optional.of(new FakeGitHub(made.get().getPublic(), clock.instant()));
  }

  @AfterEach
  void stop() {
    gitHub().close();
  }

  @Test
  void aTokenIsForTheOneRepositoryAndItsContents() throws Exception {
    assertEquals("ghs_1", tokens(pkcs1()).get());
    assertEquals(
        "{\"repositories\":[\"notes\"],\"permissions\":{\"contents\":\"write\"}}",
        gitHub().asked.getFirst().toString());
  }

  @Test
  void aKeyMayAlsoBeInTheNewerForm() throws Exception {
    assertEquals("ghs_1", tokens(pem("PRIVATE KEY", encoded())).get());
  }

  @Test
  void aTokenIsUsedForHalfItsLifeAndThenRenewed() throws Exception {
    InstallationTokens tokens = tokens(pkcs1());
    tokens.get();
    advance(Duration.ofMinutes(29));
    assertEquals("ghs_1", tokens.get());
    advance(Duration.ofMinutes(1));
    assertEquals("ghs_2", tokens.get());
  }

  @Test
  void aClockThatIsALittleAheadIsForgiven() throws Exception {
    gitHub().now = clock.instant().minusSeconds(50);
    assertEquals("ghs_1", tokens(pkcs1()).get());
  }

  @Test
  void aClockThatIsWrongIsNamed() throws Exception {
    gitHub().now = clock.instant().minusSeconds(300);
    assertTrue(denied(tokens(pkcs1())).contains("300 seconds ahead of GitHub's"));
    gitHub().now = clock.instant().plusSeconds(3000);
    assertTrue(denied(tokens(pkcs1())).contains("3000 seconds behind GitHub's"));
  }

  @Test
  void theKeyOfAnotherAppIsDenied() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    byte[] other = generator.generateKeyPair().getPrivate().getEncoded();
    String sentence = denied(tokens(pem("PRIVATE KEY", other)));
    assertTrue(sentence.contains("the key is one of its keys"), sentence);
  }

  @Test
  void anInstallationThatIsNotThereIsDenied() throws Exception {
    Path key = pkcs1();
    var elsewhere =
        new InstallationTokens(
            new GitHubApp(FakeGitHub.APP, 1, key, gitHub().api(), "notes"), clock);
    String sentence = denied(elsewhere);
    assertTrue(sentence.contains("no installation 1"), sentence);
  }

  @Test
  void missingPermissionsAndSuspendedAppsAreDeniedWithGitHubsWords() throws Exception {
    String words = "The permissions requested are not granted to this installation.";
    gitHub().troubles.add(new FakeGitHub.Trouble(422, words, Map.of()));
    String sentence = denied(tokens(pkcs1()));
    assertTrue(sentence.contains(words) && sentence.contains("Contents: read and write"), sentence);
    words = "This installation has been suspended";
    gitHub().troubles.add(new FakeGitHub.Trouble(403, words, Map.of()));
    sentence = denied(tokens(pkcs1()));
    assertTrue(sentence.contains(words), sentence);
  }

  @Test
  void limitsAndOutagesAreWaitedFor() throws Exception {
    InstallationTokens tokens = tokens(pkcs1());
    gitHub()
        .troubles
        .add(new FakeGitHub.Trouble(403, "rate limit exceeded", Map.of("Retry-After", "120")));
    var limited = assertThrows(SyncException.Unavailable.class, tokens::get);
    assertEquals(Optional.of(clock.instant().plusSeconds(120)), limited.notBefore());
    gitHub().troubles.add(new FakeGitHub.Trouble(502, "Server Error", Map.of()));
    assertThrows(SyncException.Unavailable.class, tokens::get);
    assertEquals("ghs_3", tokens.get());
    gitHub().close();
    advance(Duration.ofHours(2));
    assertThrows(SyncException.Unavailable.class, tokens::get);
  }

  @Test
  void aFileWithoutAKeyIsDeniedAndQuotesNothing() throws Exception {
    Path file = Files.writeString(folder.resolve("app.pem"), "s3cret");
    assertFalse(denied(tokens(file)).contains("s3cret"));
    assertFalse(denied(tokens(pem("RSA PRIVATE KEY", new byte[300]))).contains("AAAA"));
    assertTrue(denied(tokens(folder.resolve("missing"))).contains("missing"));
  }

  @Test
  void aProofNeverTravelsInTheClear() {
    assertThrows(
        SyncException.Invalid.class,
        () -> new GitHubApp("1", 1, folder, URI.create("http://ghe.example.org/api/v3"), "notes"));
    assertEquals("https://api.github.com", GitHubApp.apiOf("github.com").toString());
    assertEquals("https://ghe.example.org/api/v3", GitHubApp.apiOf("ghe.example.org").toString());
  }

  private FakeGitHub gitHub() {
    return running.orElseThrow();
  }

  private InstallationTokens tokens(Path key) {
    return new InstallationTokens(
        new GitHubApp(FakeGitHub.APP, FakeGitHub.INSTALLATION, key, gitHub().api(), "notes"),
        clock);
  }

  private void advance(Duration time) {
    clock.move(time);
    gitHub().now = clock.instant();
  }

  private static String denied(InstallationTokens tokens) {
    return String.valueOf(assertThrows(SyncException.Denied.class, tokens::get).getMessage());
  }

  /** As GitHub gives keys. */
  private Path pkcs1() throws Exception {
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(encoded(), HEAD, encoded().length));
  }

  private byte[] encoded() {
    return made.orElseThrow().getPrivate().getEncoded();
  }

  private Path pem(String what, byte[] bytes) throws Exception {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        folder.resolve("key.pem"),
        "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
  }
}

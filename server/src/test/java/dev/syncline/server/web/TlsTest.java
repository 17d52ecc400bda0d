package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.ServerSettings;
import dev.syncline.server.remote.RemoteServer;
import dev.syncline.server.web.connect.Upgrade;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With certificates that OpenSSL makes, since that is what people will have. */
@Timeout(60)
final class TlsTest {

  private static final Patience SWEEPING =
      new Patience(
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          Duration.ofMillis(20));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "rsa:2048,",
    "ec -pkeyopt ec_paramgen_curve:P-256,",
    "ed25519,",
    "rsa:2048, rsa -traditional",
    "ec -pkeyopt ec_paramgen_curve:P-256, ec"
  })
  void servesHttpsWithKeysOfAllKinds(String kind, @Nullable String oldForm) throws Exception {
    certificate("one", kind);
    if (oldForm != null) {
      openssl(oldForm + " -in server.key -out old.key");
      move("old.key", "server.key");
    }
    try (var server = start()) {
      assertEquals(List.of(), remote(server, "server.crt").tokens().list());
    }
  }

  @Test
  void aRenewedCertificateIsServedWithoutRestart() throws Exception {
    certificate("one", "rsa:2048");
    Files.copy(folder.resolve("server.crt"), folder.resolve("one.crt"));
    try (var server = start()) {
      assertEquals(List.of(), remote(server, "one.crt").tokens().list());
      certificate("two", "rsa:2048");
      SyncException denied = null;
      while (denied == null) {
        try (var old = remote(server, "one.crt")) {
          old.tokens().list();
        } catch (SyncException.Denied e) {
          denied = e;
        }
      }
      assertTrue(String.valueOf(denied.getMessage()).contains("not trusted"), denied.getMessage());
      assertEquals(List.of(), remote(server, "server.crt").tokens().list());
    }
  }

  @Test
  void aStrangersCertificateIsNotTrusted() throws Exception {
    certificate("one", "rsa:2048");
    try (var server = start();
        var remote = new RemoteServer(https(server), RunningServer.ADMIN, Optional.empty())) {
      assertThrows(SyncException.Denied.class, () -> remote.tokens().list());
    }
  }

  @Test
  void aHandshakeThatNeverComesIsCutOff() throws Exception {
    certificate("one", "rsa:2048");
    var impatient =
        new Patience(
            Duration.ofMillis(100),
            SWEEPING.idle(),
            SWEEPING.socket(),
            SWEEPING.stop(),
            SWEEPING.sweep());
    try (var server = start(impatient);
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
      assertEquals("", RawAnswer.head(socket));
    }
  }

  @Test
  void filesThatDoNotBelongTogetherAreRefused() throws Exception {
    certificate("one", "rsa:2048");
    move("server.key", "one.key");
    certificate("two", "rsa:2048");
    move("one.key", "server.key");
    var failure = assertThrows(SyncException.Invalid.class, this::start);
    assertTrue(String.valueOf(failure.getMessage()).contains("not the key"), failure.getMessage());
  }

  @Test
  void filesThatAreMissingAreNamed() {
    var failure = assertThrows(SyncException.Invalid.class, this::start);
    assertTrue(String.valueOf(failure.getMessage()).contains("server.crt"), failure.getMessage());
  }

  private RunningServer start() {
    return start(SWEEPING);
  }

  private RunningServer start(Patience patience) {
    ServerSettings plain = RunningServer.settings();
    var tls = new ServerSettings.Tls(folder.resolve("server.crt"), folder.resolve("server.key"));
    return new RunningServer(
        new ServerSettings(plain.host(), 0, Optional.of(tls), plain.connections()),
        patience,
        visitor -> new Upgrade.Answer.Accepted(new Echo()));
  }

  private RemoteServer remote(RunningServer server, String certificate) {
    return new RemoteServer(
        https(server), RunningServer.ADMIN, Optional.of(folder.resolve(certificate)));
  }

  private static URI https(RunningServer server) {
    return URI.create("https://127.0.0.1:" + server.server.port());
  }

  /** Beside the files that are served, then renamed over them: as certbot and others do it. */
  private void certificate(String name, String kind) throws Exception {
    openssl(
        "req -x509 -nodes -days 2 -keyout new.key -out new.crt -subj /CN="
            + name
            + ".example.org -newkey "
            + kind);
    move("new.crt", "server.crt");
    move("new.key", "server.key");
  }

  private void move(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
  }

  private void openssl(String arguments) throws Exception {
    var process =
        new ProcessBuilder(("openssl " + arguments).split(" "))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }
}

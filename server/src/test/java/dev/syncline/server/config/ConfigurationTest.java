package dev.syncline.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {

  @TempDir Path folder;

  @Test
  void theseAreTheDefaults() {
    assertEquals(
        new Configuration(
            new ServerSettings(
                "",
                3030,
                Optional.empty(),
                new ServerSettings.Connections(10_000, 2_000, List.of())),
            Path.of(".syncline"),
            Optional.empty(),
            new DocumentSettings(
                DocumentSettings.Storage.FILES,
                DocumentSettings.Auth.NONE,
                new DocumentSettings.Limits(
                    64 << 20, 10_000, 256L << 20, 32L << 20, Duration.ofSeconds(30))),
            new RelaySettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10)),
            new Keys(Optional.empty(), Optional.empty()),
            new LogSettings(LogSettings.Format.AUTO, LogSettings.Level.INFO),
            Map.of()),
        written().accepted());
  }

  @Test
  void everyKeyReachesItsPlace() {
    var configuration =
        written()
            .file(
                """
                server:
                  host: 127.0.0.1
                  port: 8443
                  trusted-proxies:
                    - 10.0.0.0/8
                    - "::1"
                  max-connections: 7
                  max-connections-per-address: 6
                  tls:
                    certificate: tls/server.crt
                    key: /etc/server.key
                data-dir: data
                database:
                  url: postgres://db/syncline
                  user: me
                  password: secret
                documents:
                  storage: database
                  auth: token
                  max-frame-bytes: 1MB
                  max-per-connection: 5
                  max-document-memory: 2GiB
                  cache: 0
                  idle-after: 1500ms
                log:
                  format: json
                  level: debug
                """)
            .accepted();
    assertEquals(
        new ServerSettings(
            "127.0.0.1",
            8443,
            Optional.of(
                new ServerSettings.Tls(
                    folder.resolve("tls/server.crt"), Path.of("/etc/server.key"))),
            new ServerSettings.Connections(7, 6, List.of("10.0.0.0/8", "::1"))),
        configuration.server());
    assertEquals(folder.resolve("data"), configuration.dataDir());
    DatabaseSettings database = configuration.database().orElseThrow();
    assertEquals("postgres://db/syncline", database.url());
    assertEquals(Optional.of("me"), database.user());
    assertEquals("secret", database.password().orElseThrow().value());
    assertEquals(
        new DocumentSettings(
            DocumentSettings.Storage.DATABASE,
            DocumentSettings.Auth.TOKEN,
            new DocumentSettings.Limits(1_000_000, 5, 2L << 30, 0, Duration.ofMillis(1500))),
        configuration.documents());
    assertEquals(
        new LogSettings(LogSettings.Format.JSON, LogSettings.Level.DEBUG), configuration.log());
  }

  @Test
  void flagsWinOverTheEnvironmentAndThatOverTheFile() {
    Written written = written().file("server: {port: 1}\nlog: {level: warn}");
    assertEquals(1, written.accepted().server().port());
    written.variable("SYNCLINE_SERVER_PORT", "2");
    assertEquals(2, written.accepted().server().port());
    written.flag(Settings.PORT, "3");
    assertEquals(3, written.accepted().server().port());
    assertEquals(LogSettings.Level.WARN, written.accepted().log().level());
  }

  @Test
  void everySettingHasAVariableAndAFlagExceptSecrets() {
    var names = new HashSet<String>();
    for (Setting<?> setting : Settings.all()) {
      assertTrue(names.add(setting.variable()), setting.variable());
      setting.flag().ifPresent(flag -> assertTrue(names.add(flag), flag));
      assertEquals(setting.isSecret(), setting.flag().isEmpty(), setting.key());
    }
    assertEquals("SYNCLINE_DOCUMENTS_MAX_FRAME_BYTES", Settings.MAX_FRAME_BYTES.variable());
    assertEquals(Optional.of("--documents-max-frame-bytes"), Settings.MAX_FRAME_BYTES.flag());
    assertEquals(Optional.of("--tls-key"), Settings.TLS_KEY.flag());
  }

  @Test
  void theOldServersVariablesAreKnownAndOursWin() {
    Written written = written().variable("PORT", "4000").variable("DATA_DIR", "/srv/old");
    assertEquals(4000, written.accepted().server().port());
    assertEquals(Path.of("/srv/old"), written.accepted().dataDir());
    written.variable("SYNCLINE_SERVER_PORT", "5000").variable("SYNCLINE_DATA_DIR", "/srv/new");
    assertEquals(5000, written.accepted().server().port());
    assertEquals(Path.of("/srv/new"), written.accepted().dataDir());
  }

  @Test
  void anEmptyVariableCountsAsNotGiven() {
    assertEquals(
        3030,
        written()
            .variable("PORT", "")
            .variable("SYNCLINE_SERVER_PORT", " ")
            .accepted()
            .server()
            .port());
  }

  @Test
  void theFileCanBeNamedByAVariable() throws IOException {
    Files.writeString(folder.resolve("other.yaml"), "server: {port: 9}");
    Written written = written().file("server: {port: 8}").variable("SYNCLINE_CONFIG", "other.yaml");
    assertEquals(9, written.accepted().server().port());
    assertEquals(
        List.of("gone.yaml: there is no such file"),
        written().variable("SYNCLINE_CONFIG", "gone.yaml").problems());
  }

  @Test
  void kubernetesServiceVariablesAreNotOurs() {
    Configuration configuration =
        written()
            .variable("SYNCLINE_SERVICE_HOST", "10.0.0.1")
            .variable("SYNCLINE_SERVICE_PORT", "3030")
            .variable("SYNCLINE_SERVICE_PORT_HTTP", "3030")
            .variable("SYNCLINE_PORT", "tcp://10.0.0.1:3030")
            .variable("SYNCLINE_PORT_3030_TCP", "tcp://10.0.0.1:3030")
            .variable("SYNCLINE_PORT_3030_TCP_ADDR", "10.0.0.1")
            .variable("SYNCLINE_SERVER_SERVICE_HOST", "10.0.0.1")
            .variable("SYNCLINE_SERVER_PORT", "tcp://10.0.0.1:3030")
            .accepted();
    assertEquals(3030, configuration.server().port());
  }

  @Test
  void theLaunchersVariablesAreNotOurs() {
    written().variable("SYNCLINE_AOT", "off").variable("SYNCLINE_JAVA_OPTS", "-Xmx1g").accepted();
  }

  @Test
  void aSecretFromAFileIsReadAgainWhenItChanges() throws IOException {
    Path file = folder.resolve("password");
    Files.writeString(file, "first\n");
    Secret password =
        written()
            .variable("SYNCLINE_DATABASE_URL", "postgres://db/x")
            .variable("SYNCLINE_DATABASE_PASSWORD_FILE", file.toString())
            .accepted()
            .database()
            .flatMap(DatabaseSettings::password)
            .orElseThrow();
    assertEquals("first", password.value());
    Files.writeString(file, " second \r\n");
    assertEquals(" second ", password.value());
    Files.delete(file);
    assertThrows(SyncException.Unavailable.class, password::value);
  }

  @Test
  void theHigherOfPasswordAndPasswordFileWins() throws IOException {
    Files.writeString(folder.resolve("pw"), "from file");
    Written written =
        written()
            .file("database: {url: postgres://db/x, password-file: pw}")
            .variable("SYNCLINE_DATABASE_PASSWORD", "from variable");
    assertEquals("from variable", password(written));
    written.flag(Settings.DATABASE_PASSWORD_FILE, folder.resolve("pw").toString());
    assertEquals("from file", password(written));
  }

  @Test
  void secretsAreNeverPrinted() {
    var reading =
        (Reading.Accepted)
            written()
                .file("database: {url: 'postgres://me:hush@db/x?sslpassword=hush', password: hush}")
                .read();
    String everything = reading.configuration() + YamlText.shown(reading.values());
    assertFalse(everything.contains("hush"), everything);
    assertTrue(everything.contains("postgres://me:***@db/x?sslpassword=***"), everything);
    assertEquals("postgres://me:***@db", DatabaseUrl.masked("postgres://me:hu/s@h@db"));
    assertFalse(
        written()
            .flag(Settings.DATABASE_URL, "mysql://me:hush@db")
            .problems()
            .toString()
            .contains("hush"));
  }

  @Test
  void aFileThatHoldsNothingIsFine() {
    written().file("").accepted();
    written().file("# only remarks\n").accepted();
    written().file("server:\nlog:\n").accepted();
  }

  @Test
  void theSourcesAreCopied() {
    var environment = new HashMap<>(Map.of("PORT", "1"));
    var sources = new Sources(folder, Optional.empty(), Map.of(), environment);
    environment.put("PORT", "2");
    assertEquals(1, ConfigurationReader.read(sources).orThrow().server().port());
  }

  private static String password(Written written) {
    return written.accepted().database().flatMap(DatabaseSettings::password).orElseThrow().value();
  }

  private Written written() {
    return new Written(folder);
  }
}

package dev.syncline.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProblemTest {

  @TempDir Path folder;

  @Test
  void allAreNamedAtOnce() {
    assertEquals(
        List.of(
            "syncline.yaml:1: unknown key servr; did you mean server?",
            "syncline.yaml:4: unknown key server.prot; did you mean server.port?",
            "syncline.yaml:5: server.port: `99999` is not 0 to 65535",
            "syncline.yaml:8: log.level: `verbose` is none of `error`, `warn`, `info`, `debug`",
            "PORT: server.port: `abc` is no whole number",
            "SYNCLINE_SERVER_PRT: no setting has this variable; did you mean SYNCLINE_SERVER_PORT?",
            "--documents-cache: documents.cache: `64M` can be read in two ways: write 64MiB for"
                + " steps of 1024, or 64MB for 1000",
            "syncline.yaml:6: server.tls.certificate needs server.tls.key, which is not given"),
        new Written(folder)
            .file(
                """
                servr:
                  port: 1
                server:
                  prot: 3030
                  port: 99999
                  tls: {certificate: a.crt}
                log:
                  level: verbose
                """)
            .variable("PORT", "abc")
            .variable("SYNCLINE_SERVER_PRT", "1")
            .flag(Settings.CACHE, "64M")
            .problems());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "port: 1 | 1: unknown key port; did you mean server.port?",
        "quantum: {x: 1} | 1: unknown key quantum; `syncline config sample` lists the" + " keys",
        "server.port: 1 | 1: write `port:` below `server:`, indented, in place of `server.port:`",
        "server: 3030 | 1: server is a section: its settings go below it, indented",
        "log: {level: [info]} | 1: log.level takes one value: `error`, `warn`, `info`, `debug`",
        "log: {level: } | 1: log.level has no value: write one, or leave the line out",
        "[a, b] | 1: a configuration is made of lines like `log:` and `level: info`",
        "server: {trusted-proxies: 10.0.0.0/8} | 1: server.trusted-proxies is a list: write it as"
            + " [10.0.0.0/8, 192.0.2.7]",
        "server: {trusted-proxies: [10.0.0.0/33]} | 1: server.trusted-proxies: `10.0.0.0/33` is no"
            + " address and no range like 10.0.0.0/8 or fd00::/8",
        "server: {host: 'localhost:3030'} | 1: server.host: `localhost:3030` is no address and no"
            + " host name (a port has a setting of its own)",
        "server: {port: 1, port: 2} | 1: server.port is given twice, first in line 1",
        "documents: {idle-after: 30} | 1: documents.idle-after: `30` has no unit: write 30s for"
            + " seconds, or 30ms",
        "documents: {idle-after: 1ms} | 1: documents.idle-after: `1ms` is not 100ms to 24h",
        "documents: {cache: many} | 1: documents.cache: `many` is no size: write bytes, or a number"
            + " with KiB, MiB, GiB, kB, MB or GB",
        "documents: {storage: database} | 1: documents.storage needs database.url, which is not"
            + " given",
        "database: {user: me} | 1: database.user needs database.url, which is not given",
        "data-dir: '' | 1: data-dir: is blank: write a path, or leave it out",
      })
  void eachSaysWhatToDo(String yaml, String problem) {
    assertEquals(List.of("syncline.yaml:" + problem), new Written(folder).file(yaml).problems());
  }

  @Test
  void whatIsNoYamlIsNamedWithItsLine() {
    String problem = new Written(folder).file("server:\n  port: [1\n").problems().getFirst();
    assertTrue(problem.matches("syncline\\.yaml:[23]: is not YAML: .+"), problem);
    problem = new Written(folder).file("a: 1\n---\nb: 2\n").problems().getFirst();
    assertTrue(problem.contains("is not YAML"), problem);
  }

  @Test
  void aPasswordIsGivenInOneWay() {
    assertEquals(
        List.of(
            "syncline.yaml:1: database.password-file and database.password are both given: leave"
                + " one out"),
        new Written(folder)
            .file("database: {url: postgres://db/x, password: a, password-file: b}")
            .problems());
  }

  @Test
  void aSecretsFileMustBeThere() {
    String problem =
        new Written(folder)
            .variable("SYNCLINE_DATABASE_URL", "postgres://db/x")
            .variable("SYNCLINE_DATABASE_PASSWORD_FILE", "/nowhere/password")
            .problems()
            .getFirst();
    assertEquals(
        "SYNCLINE_DATABASE_PASSWORD_FILE: can't read the secret in /nowhere/password", problem);
  }
}

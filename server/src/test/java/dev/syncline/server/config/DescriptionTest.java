package dev.syncline.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample, the schema and the documentation say what the program does. */
final class DescriptionTest {

  @TempDir Path folder;

  private final com.networknt.schema.Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Schema.text(), InputFormat.JSON);

  @Test
  void theFilesAreWhatTheProgramPrints() {
    Golden.mustBe("deploy/syncline.yaml", YamlText.sample());
    Golden.mustBe("docs/syncline.schema.json", Schema.text());
    Golden.mustHold("docs/configuration.md", "settings", SettingsTable.markdown());
  }

  @Test
  void theSampleChangesNothing() {
    var plain = new Written(folder).accepted();
    assertEquals(plain, new Written(folder).file(YamlText.sample()).accepted());
    assertTrue(valid(YamlText.sample()));
  }

  @Test
  void theSampleCanBeTakenLineByLine() throws IOException {
    // Everything at once, but for what excludes each other.
    String all =
        YamlText.sample()
            .replaceAll("(?m)^( *)#([a-z-]+:)", "$1$2")
            .replaceAll("(?m)^ *[a-z-]*-file:.*\n", "");
    for (Setting<?> setting : Settings.all()) {
      String name = setting.key().substring(setting.key().lastIndexOf('.') + 1);
      assertTrue(all.contains(name + ":") || name.endsWith("-file"), name);
    }
    assertTrue(valid(all), all);
    var accepted = assertInstanceOf(Reading.Accepted.class, new Written(folder).file(all).read());
    assertTrue(valid(YamlText.shown(accepted.values())));
    assertEquals(
        accepted.configuration().server(),
        new Written(Files.createDirectory(folder.resolve("again")))
            .file(YamlText.shown(accepted.values()))
            .accepted()
            .server());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "servr: {}",
        "server: {prot: 1}",
        "server: {port: 70000}",
        "server: {trusted-proxies: 10.0.0.0/8}",
        "documents: {auth: maybe}",
        "documents: {cache: 64M}",
        "documents: {idle-after: 30}",
        "database: {url: 'mysql://x'}"
      })
  void whatTheProgramRefusesTheSchemaRefuses(String yaml) {
    assertFalse(valid(yaml));
    assertFalse(new Written(folder).file(yaml).problems().isEmpty());
  }

  @Test
  void jsonIsEscaped() {
    assertEquals(
        "{\"a\\n\\u0001\":[\"\\\"\\\\\",1,true,null,\"\\ud800\",\"\uD83D\uDE00\"]}",
        Json.line(
            Map.of("a\n\u0001", Arrays.asList("\"\\", 1, true, null, "\uD800", "\uD83D\uDE00"))));
  }

  private boolean valid(String yaml) {
    return schema.validate(yaml, InputFormat.YAML).isEmpty();
  }
}

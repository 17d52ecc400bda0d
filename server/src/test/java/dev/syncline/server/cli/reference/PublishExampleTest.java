package dev.syncline.server.cli.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.server.config.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of docs/reference-api.md does what it says. */
final class PublishExampleTest {

  private static final String FILE = "dev/syncline/server/cli/reference/PublishExample.java";

  @Test
  void whatDiffersIsReported() {
    assertEquals(
        "Nothing to do.\n",
        report("{\"a\": {\"tags\": [1, 2], \"updated_at\": 1}}", "{\"a\": {\"tags\": [2, 1]}}"));
    assertEquals(
        """
        + new
        - old
        ~ m/size: 1 → 2.5
        ~ m/url: missing → null
        """,
        report(
            "[{\"name\": \"new\"}, {\"name\": \"m\", \"size\": 2.5, \"url\": null}]",
            "{\"m\": {\"name\": \"m\", \"size\": 1}, \"old\": {}}"));
  }

  @Test
  void theDocumentationShowsIt() throws IOException {
    String source = Files.readString(Path.of("src/test/java").resolve(FILE));
    Golden.mustHold(
        "docs/reference-api.md",
        "example",
        "```java\n" + source.substring(source.indexOf("import ")) + "```\n");
  }

  private static String report(String canonical, String copy) {
    return PublishExample.report(canonical.getBytes(UTF_8), copy.getBytes(UTF_8));
  }
}

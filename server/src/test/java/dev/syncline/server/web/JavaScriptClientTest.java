package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client that docs/examples shows does what docs/api.md says. */
@Timeout(120)
final class JavaScriptClientTest {

  private static final Path TESTS =
      Path.of("..", "docs", "examples", "javascript", "syncline.test.mjs").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void theExampleClientWorksAgainstAServer() throws Exception {
    assumeNode();
    try (Site site = new Site(folder).with("links: {}\n")) {
      var builder =
          new ProcessBuilder("node", "--test", TESTS.normalize().toString())
              .redirectErrorStream(true);
      builder.environment().put("SYNCLINE_URL", site.server.uri("/").toString());
      builder.environment().put("SYNCLINE_TOKEN", RunningServer.ADMIN);
      Process node = builder.start();
      try {
        String printed =
            new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, node.waitFor(), printed);
      } finally {
        node.destroyForcibly();
      }
    }
  }

  private static void assumeNode() throws InterruptedException {
    boolean runs;
    try {
      runs = new ProcessBuilder(List.of("node", "--version")).start().waitFor() == 0;
    } catch (IOException e) {
      runs = false;
    }
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertTrue(runs, "a CI machine needs node");
    }
    assumeTrue(runs, "not installed here: node");
  }
}

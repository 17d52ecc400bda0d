package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.syncline.core.model.LinkName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What we show to others works: the client of docs/examples, and the workflow of deploy. */
@Timeout(120)
final class ExamplesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void theJavaScriptClientDoesWhatItsTestsSay() throws Exception {
    assumeThere("node");
    try (Site site = new Site(folder).with("links: {}\n")) {
      run(site, "node", "--test", ROOT.resolve("docs/examples/javascript/syncline.test.mjs"));
    }
  }

  @Test
  void theWorkflowMakesARepositoryBeLookedAt() throws Exception {
    assumeThere("bash");
    assumeThere("curl");
    String workflow = Files.readString(ROOT.resolve("deploy/github-actions/tell-syncline.yml"));
    String script = workflow.substring(workflow.indexOf("run: |") + "run: |".length());
    try (Site site = new Site(folder).with("links:\n  origin: {git: https://example.org/a}\n")) {
      site.post("/sync", "");
      site.looks.clear();
      // As GitHub runs it.
      run(site, "bash", "-e", "-c", script);
      assertEquals(new LinkName("origin"), site.looks.poll(20, TimeUnit.SECONDS));
    }
  }

  private static void run(Site site, Object... command) throws Exception {
    var builder =
        new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList())
            .redirectErrorStream(true);
    String address = site.server.uri("/").toString();
    builder.environment().put("SYNCLINE_URL", address.substring(0, address.length() - 1));
    builder.environment().put("SYNCLINE_WORKSPACE", "notes");
    builder.environment().put("SYNCLINE_TOKEN", RunningServer.ADMIN);
    Process process = builder.start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), printed);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void assumeThere(String program) throws InterruptedException {
    boolean runs;
    try {
      runs =
          new ProcessBuilder(List.of(program, "--version"))
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException e) {
      runs = false;
    }
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertTrue(runs, "a CI machine needs " + program);
    }
    assumeTrue(runs, "not installed here: " + program);
  }
}

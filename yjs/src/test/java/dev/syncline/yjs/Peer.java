package dev.syncline.yjs;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Documents of yjs and of yrs (as ywasm), in a Node process. */
final class Peer implements AutoCloseable {

  private static final Path SOURCE = Path.of("src/test/peer");
  private static final Path TARGET = Path.of("target/peer");

  private final Process node;
  private final BufferedWriter in;
  private final BufferedReader out;

  private Peer(Process node) {
    this.node = node;
    this.in = node.outputWriter(StandardCharsets.UTF_8);
    this.out = node.inputReader(StandardCharsets.UTF_8);
  }

  /** Installs the packages if need be, and starts it; skips the test where there is no Node. */
  static Peer start() throws IOException, InterruptedException {
    boolean isThere = isThere("node") && isThere("npm");
    if (!isThere && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("a CI machine needs node and npm");
    }
    Assumptions.assumeTrue(isThere, "node or npm is not here");
    Files.createDirectories(TARGET);
    for (String file : List.of("package.json", "package-lock.json", "peer.mjs")) {
      Files.copy(SOURCE.resolve(file), TARGET.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Path installed = TARGET.resolve("node_modules/installed-lock.json");
    if (!Files.exists(installed)
        || Files.mismatch(installed, TARGET.resolve("package-lock.json")) >= 0) {
      int code =
          new ProcessBuilder("npm", "ci", "--no-progress", "--no-audit", "--no-fund")
              .directory(TARGET.toFile())
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw new AssertionError("npm ci failed in " + TARGET);
      }
      Files.copy(TARGET.resolve("package-lock.json"), installed);
    }
    return new Peer(
        new ProcessBuilder("node", "peer.mjs")
            .directory(TARGET.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  private static boolean isThere(String program) {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends a request as JSON, and answers what comes back. */
  String ask(String json) {
    try {
      in.write(json);
      in.write('\n');
      in.flush();
      String answer = out.readLine();
      if (answer == null) {
        throw new AssertionError("the peer has ended at " + json);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    node.destroy();
  }
}

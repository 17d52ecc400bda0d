package dev.syncline.server.state;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;

/** A second process for tests: has a data directory open until its input ends. */
final class DirectoryHolder implements AutoCloseable {

  private static final String READY = "ready";

  private final Process process;

  private DirectoryHolder(Process process) {
    this.process = process;
  }

  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0]);
    try (var directory = DataDirectory.open(path, Instant.parse("2026-11-21T09:00:00Z"))) {
      directory.announce(
          URI.create("http://localhost:3030"), directory.writePrivate("admin-token", "secret"));
      IO.println(READY);
      while (System.in.read() >= 0) {
        // Until whoever started it has seen enough.
      }
    }
  }

  static DirectoryHolder start(Path directory) throws IOException {
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DirectoryHolder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line = process.inputReader().readLine();
    if (!READY.equals(line)) {
      throw new IOException("the second process said " + line);
    }
    return new DirectoryHolder(process);
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void end() throws IOException, InterruptedException {
    process.outputWriter().close();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

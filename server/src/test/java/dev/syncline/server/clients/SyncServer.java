package dev.syncline.server.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The packaged server as a process of its own, on one port and one data directory for as many
 * starts as a test needs.
 *
 * <p>The property {@code syncline.server.command} names another server to run the same tests
 * against; it has to honour {@code PORT} and {@code DATA_DIR}. A test that fails against both says
 * more about the test.
 *
 * <p>Confined to one thread.
 */
public final class SyncServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int UNAVAILABLE = 503;

  private final Path dataDirectory;
  private final Path log;
  private final Map<String, String> environment;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable Process process;

  /**
   * A server that is not started yet.
   *
   * @param directory where its data directory and its log go
   * @param environment settings, such as {@code SYNCLINE_DOCUMENTS_AUTH}
   */
  public SyncServer(Path directory, Map<String, String> environment) {
    this.dataDirectory = directory.resolve("data");
    this.log = directory.resolve("server.log");
    this.environment = Map.copyOf(environment);
    this.port = freePort();
  }

  /**
   * Starts it and returns when it is ready; the process that ran before has to be gone or going.
   */
  public void start() {
    awaitEnd();
    var command = new ArrayList<>(program());
    if (foreign() == null) {
      command.add("serve");
    }
    try {
      process =
          launch(command).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  /** Stops it as a service manager does. */
  public void stop() {
    running().destroy();
    awaitEnd();
  }

  /** Ends it at once, as a power cut does. */
  public void kill() {
    running().destroyForcibly();
    awaitEnd();
  }

  /**
   * Runs another command of the program on the same data directory and returns what it printed;
   * another server has no commands, so the test is skipped there.
   */
  public String command(List<String> words) {
    assumeTrue(foreign() == null, "another server has no commands");
    var command = new ArrayList<>(program());
    command.addAll(words);
    try {
      var output = Files.createTempFile(log.getParent(), "command", ".log");
      var other = launch(command).redirectOutput(output.toFile()).start();
      if (!other.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        other.destroyForcibly();
        throw new AssertionError(String.join(" ", words) + " did not end in " + PATIENCE);
      }
      if (other.exitValue() != 0) {
        throw new AssertionError(String.join(" ", words) + ": " + Files.readString(output));
      }
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  public int port() {
    return port;
  }

  public long pid() {
    return running().pid();
  }

  public URI webSocket() {
    return URI.create("ws://127.0.0.1:" + port);
  }

  public Path dataDirectory() {
    return dataDirectory;
  }

  /** What it has written to its standard output and error so far. */
  public String log() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      kill();
    }
    http.close();
  }

  private ProcessBuilder launch(List<String> command) throws IOException {
    Files.createDirectories(dataDirectory);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("PORT", Integer.toString(port));
    builder.environment().put("DATA_DIR", dataDirectory.toString());
    return builder;
  }

  private static List<String> program() {
    var foreign = foreign();
    if (foreign != null) {
      return List.of(foreign.split(" "));
    }
    var jar = System.getProperty("syncline.server.jar", "target/syncline-server-0.1.0.jar");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(java, "-Xmx256m", "-XX:+UseSerialGC", "-jar", jar);
  }

  private static @Nullable String foreign() {
    return System.getProperty("syncline.server.command");
  }

  private void awaitReady() {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ready()) {
      if (ended(POLL) || System.nanoTime() > deadline) {
        throw new AssertionError("the server did not become ready:\n" + log());
      }
    }
  }

  /** Another server may know no such page; that it answers at all has to do. */
  private boolean ready() {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
            .timeout(PATIENCE)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != UNAVAILABLE;
    } catch (IOException notListeningYet) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void awaitEnd() {
    if (process != null && !ended(PATIENCE)) {
      throw new AssertionError("the server did not end in " + PATIENCE + ":\n" + log());
    }
  }

  private boolean ended(Duration patience) {
    try {
      return running().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("the server was not started");
    }
    return process;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static AssertionError interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new AssertionError("interrupted", cause);
  }
}

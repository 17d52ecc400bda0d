package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.server.cli.Cli;
import dev.syncline.server.cli.Console;
import dev.syncline.server.cli.ExitCode;
import dev.syncline.server.config.ConfigurationReader;
import dev.syncline.server.config.Setting;
import dev.syncline.server.config.Sources;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Command lines on one data directory, with a server beside them if it was started. */
final class Desk implements AutoCloseable {

  final Path folder;
  private final Map<String, String> more;
  private final Syncline program = new Syncline();
  private Optional<Lifecycle> server = Optional.empty();

  /** How a command ended, and what it said. */
  record Ended(ExitCode code, String out, String err) {}

  Desk(Path folder) {
    this(folder, Map.of());
  }

  /**
   * @param more variables of the environment
   */
  Desk(Path folder, Map<String, String> more) {
    this.folder = folder;
    this.more = more;
  }

  /** Starts a server on the data directory that commands use. */
  Desk serve() {
    var flags = new HashMap<Setting<?>, String>();
    var sources = new Sources(folder, Optional.empty(), flags, environment());
    server =
        Optional.of(
            Lifecycle.start(
                ConfigurationReader.read(sources).orThrow(), "test", InstantSource.system()));
    return this;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    return server.orElseThrow().port();
  }

  /** What commands on this machine show to the server. */
  String adminToken() throws IOException {
    return Files.readString(folder.resolve("data/admin-token")).strip();
  }

  Ended run(String... args) {
    return answering("", args);
  }

  /** Runs a command whose questions are answered so. */
  Ended answering(String answers, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var console =
        new Console(
            new Console.Streams(
                new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8)),
            environment(),
            folder,
            InstantSource.system(),
            answers.isEmpty() ? Console.Screen.NONE : Console.Screen.TERMINAL);
    ExitCode code = new Cli(program, console).run(args);
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs a command that must work, and gives what it printed. */
  String mustDo(String... args) {
    Ended ended = run(args);
    assertEquals(ExitCode.OK, ended.code(), ended.out() + ended.err());
    return ended.out();
  }

  @Override
  public void close() {
    server.ifPresent(Lifecycle::close);
    server = Optional.empty();
  }

  private Map<String, String> environment() {
    var all =
        new HashMap<>(
            Map.of(
                "DATA_DIR",
                folder.resolve("data").toString(),
                "PORT",
                "0",
                "SYNCLINE_SERVER_HOST",
                "127.0.0.1"));
    all.putAll(more);
    return all;
  }
}

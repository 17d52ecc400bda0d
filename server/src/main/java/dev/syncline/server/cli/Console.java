package dev.syncline.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a command sees of the process it runs in.
 *
 * @param folder the working directory
 * @param screen who reads and answers
 */
public record Console(
    Streams streams,
    Map<String, String> environment,
    Path folder,
    InstantSource clock,
    Screen screen) {

  /** Whether a person sits before it. */
  public enum Screen {
    TERMINAL,
    NONE
  }

  /**
   * The standard streams.
   *
   * @param out results, and nothing else
   * @param err problems and remarks
   */
  public record Streams(InputStream in, PrintStream out, PrintStream err) {}

  /** Those of this process. */
  public static Console system() {
    // Not System.out: that one asks the terminal for its encoding, and ours is UTF-8 everywhere.
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    return new Console(
        new Streams(System.in, out, err),
        System.getenv(),
        Path.of(""),
        InstantSource.system(),
        isTerminal() ? Screen.TERMINAL : Screen.NONE);
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false);
  }

  PrintStream out() {
    return streams.out();
  }

  PrintStream err() {
    return streams.err();
  }

  InputStream in() {
    return streams.in();
  }
}

package dev.syncline.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A class with a main method, in a process of its own that is killed while it works. */
public final class KilledProgram {

  private KilledProgram() {}

  /**
   * Runs a program until it has said so many lines, and kills it.
   *
   * @param heard gets every line that it said; the last may be cut off by the kill
   */
  public static void run(
      Class<?> program, List<String> arguments, int lines, Consumer<String> heard)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said = process.inputReader()) {
      int count = 0;
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        heard.accept(line);
        if (++count == lines) {
          // Through its handle: what it said before stays readable.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}

package dev.syncline.server.clients;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Runs one Node program with real clients against a server and does what the program asks of that
 * server: a line {@code @ start} on its standard output is answered on its standard input.
 */
final class Scenario {

  private static final String REQUEST = "@ ";

  private final Path folder;
  private final SyncServer server;

  Scenario(Generation generation, SyncServer server) {
    this.folder = ClientPrograms.folder(generation);
    this.server = server;
  }

  /** Fails with everything that was printed, unless the program ends with success. */
  void run(String name, String... arguments) {
    var command =
        new ArrayList<>(List.of("node", folder.resolve("scenarios/" + name + ".mjs").toString()));
    command.addAll(Arrays.asList(arguments));
    var builder = new ProcessBuilder(command).directory(workFolder()).redirectErrorStream(true);
    builder.environment().put("SYNCLINE_URL", server.webSocket().toString());
    builder.environment().put("SYNCLINE_PID", Long.toString(server.pid()));
    var printed = new StringBuilder();
    try {
      var process = builder.start();
      try (var output = process.inputReader()) {
        // Not closed here: there may be something left to write when the program has ended.
        serve(output, process.outputWriter(), printed);
        if (process.waitFor() != 0) {
          throw new AssertionError(
              name + " failed:\n" + printed + "\nThe server said:\n" + server.log());
        }
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void serve(BufferedReader output, Writer input, StringBuilder printed)
      throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(REQUEST)) {
        String answer = answer(line.substring(REQUEST.length()));
        try {
          input.write(answer + "\n");
          input.flush();
        } catch (IOException itHasEnded) {
          printed.append("it ended before it had the answer to ").append(line).append('\n');
        }
      } else {
        printed.append(line).append('\n');
      }
    }
  }

  private String answer(String request) {
    try {
      var words = List.of(request.split(" "));
      return "ok " + perform(words.getFirst(), words.subList(1, words.size())).strip();
    } catch (AssertionError | IOException e) {
      return "failed " + String.valueOf(e.getMessage()).replace('\n', ' ');
    }
  }

  private String perform(String verb, List<String> words) throws IOException {
    var data = server.dataDirectory();
    var saved = data.resolveSibling("saved");
    switch (verb) {
      case "start" -> {
        server.start();
        return Long.toString(server.pid());
      }
      case "stop" -> server.stop();
      case "empty" -> delete(data);
      case "save" -> copy(data, saved);
      case "restore" -> {
        delete(data);
        copy(saved, data);
      }
      case "command" -> {
        return server.command(words).strip().lines().reduce("", (first, last) -> last);
      }
      default -> throw new AssertionError("unknown request: " + verb);
    }
    return "";
  }

  private File workFolder() {
    return server.dataDirectory().resolveSibling("").toFile();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var all = Files.walk(from)) {
      for (var path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

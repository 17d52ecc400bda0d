package dev.syncline.server.document;

import dev.syncline.testkit.automerge.GeneratedChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Recorded messages, as the README beside them describes. */
@NullMarked
final class Transcript {

  private Transcript() {}

  /** One line of a transcript. */
  sealed interface Event {
    int connection();
  }

  /** A client's message. */
  record Client(int connection, byte[] frame, boolean shortened) implements Event {}

  /** What the reference server sent. */
  record Server(int connection, byte[] frame, boolean shortened) implements Event {}

  /** The client hung up. */
  record Closed(int connection) implements Event {}

  static List<Event> read(String name) {
    return lines("transcripts/" + name).stream().map(Transcript::event).toList();
  }

  /** Changes of a document, as its clients send them when they are asked by name. */
  static List<GeneratedChange> changes(String document) {
    return lines("changes.txt").stream()
        .map(line -> line.split(" ", -1))
        .filter(fields -> fields[0].equals(document))
        .map(fields -> new GeneratedChange(fields[1], List.of(), hex(fields[2])))
        .toList();
  }

  private static Event event(String line) {
    String[] fields = line.split(" ", -1);
    int connection = Integer.parseInt(fields[0]);
    boolean shortened = fields.length == 4;
    return switch (fields[1]) {
      case "client" -> new Client(connection, hex(fields[2]), shortened);
      case "server" -> new Server(connection, hex(fields[2]), shortened);
      case "closed" -> new Closed(connection);
      default -> throw new IllegalArgumentException(line);
    };
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static List<String> lines(String name) {
    try (InputStream in = Transcript.class.getResourceAsStream("/automerge/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

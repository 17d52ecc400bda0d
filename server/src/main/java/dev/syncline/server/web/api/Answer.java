package dev.syncline.server.web.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** How a request to the administration API ends. */
sealed interface Answer {

  /** A value. */
  record Json(int status, JsonNode body) implements Answer {}

  /** Done, and there is nothing to say about it (204). */
  record Done() implements Answer {}

  /**
   * Bytes that are made while they are sent. If that fails half way, the connection is cut, so that
   * nobody takes a part for the whole.
   */
  record Stream(String type, Map<String, String> headers, Content content) implements Answer {
    public Stream {
      headers = Map.copyOf(headers);
    }
  }

  /** What the client has already is still so (304). */
  record Unchanged(Map<String, String> headers) implements Answer {
    public Unchanged {
      headers = Map.copyOf(headers);
    }
  }

  /** Server-sent events: each is sent as soon as it is written and flushed. */
  record Events(Content content) implements Answer {}

  /**
   * What stands in the way, as RFC 9457 says it.
   *
   * @param sentence for a person; it can be shown as it is
   * @param details for programs
   */
  record Problem(
      int status,
      Kind kind,
      String sentence,
      Map<String, String> headers,
      Map<String, JsonNode> details)
      implements Answer {
    public Problem {
      headers = Map.copyOf(headers);
      details = Map.copyOf(details);
    }

    Problem(int status, Kind kind, String sentence, Map<String, String> headers) {
      this(status, kind, sentence, headers, Map.of());
    }

    Problem(int status, Kind kind, String sentence) {
      this(status, kind, sentence, Map.of());
    }
  }

  /** Writes the bytes of a {@link Stream}. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** What a program should do about a problem; the words are those of {@code SyncException}. */
  enum Kind {
    /** Ask for something else. */
    INVALID,
    /** Look again: what this was decided on has changed meanwhile, and nothing was done. */
    MOVED,
    /** Get another token. */
    DENIED,
    /** Try again later. */
    UNAVAILABLE,
    /** Call the operator: stored data is damaged. */
    CORRUPT,
    /** Report it: the server has a bug. */
    BUG
  }

  /** What this was decided on is not so any more. */
  static Problem moved(String sentence) {
    return new Problem(409, Kind.MOVED, sentence);
  }

  /** Nothing of this name. */
  static Problem notFound(String sentence) {
    return new Problem(404, Kind.INVALID, sentence);
  }

  /** This path knows other methods only. */
  static Problem onlyKnows(String methods) {
    return new Problem(
        405, Kind.INVALID, "this address only knows " + methods, Map.of("Allow", methods));
  }
}

package dev.syncline.server.forge;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.port.PullRequests.Text;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Texts as forges take them and give them back. */
final class Words {

  private static final int LONGEST_TITLE = 255;

  /** The last so many comments are looked at when it isn't known whether one was made. */
  private static final int RECENT = 5;

  private Words() {}

  /** What a text is after all that forges do to it: line ends, and blanks at its end. */
  static Text read(String title, String body) {
    return new Text(title(title), body(body));
  }

  /** A commit's id; empty if there is none. */
  static Optional<CommitId> commit(JsonNode id) {
    return id.stringValueOpt().filter(hex -> hex.matches("[0-9a-f]{40}")).map(CommitId::new);
  }

  /** On one line, as long as all forges take it. */
  static String title(String title) {
    String line = title.replaceAll("\\s+", " ").strip();
    if (line.length() <= LONGEST_TITLE) {
      return line;
    }
    int end = LONGEST_TITLE - 1;
    // Never between the two halves of one character.
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  static String body(String body) {
    return body.replace("\r\n", "\n").stripTrailing();
  }

  /** Whether a comment was said just now. */
  static boolean isRecent(List<String> comments, String markdown) {
    return comments.subList(Math.max(0, comments.size() - RECENT), comments.size()).stream()
        .anyMatch(body(markdown)::equals);
  }
}

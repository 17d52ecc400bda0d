package dev.syncline.server.forge;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps GitLab from running lines of a text: one that begins with a slash and a word, such as
 * {@code /merge}, is a command to it, and our texts quote what others wrote. Within blocks of code
 * it runs nothing.
 *
 * @see <a href="https://docs.gitlab.com/user/project/quick_actions/">quick actions</a>
 */
final class Commands {

  private static final Pattern COMMAND = Pattern.compile("^([ \\t]*)/([A-Za-z])");
  private static final Pattern ESCAPED = Pattern.compile("^([ \\t]*)&#47;([A-Za-z])");
  private static final Pattern FENCE = Pattern.compile(" {0,3}(```+|~~~+).*");

  private Commands() {}

  /** A text that looks the same and orders nothing. */
  static String escape(String text) {
    return outsideCode(text, line -> COMMAND.matcher(line).replaceFirst("$1&#47;$2"));
  }

  /** The text as it was before. */
  static String read(String text) {
    return outsideCode(text, line -> ESCAPED.matcher(line).replaceFirst("$1/$2"));
  }

  private static String outsideCode(String text, UnaryOperator<String> change) {
    String[] lines = text.split("\n", -1);
    String fence = "";
    for (int i = 0; i < lines.length; i++) {
      Matcher mark = FENCE.matcher(lines[i]);
      if (!fence.isEmpty()) {
        fence = mark.matches() && mark.group(1).startsWith(fence) ? "" : fence;
      } else if (mark.matches()) {
        fence = mark.group(1);
      } else {
        lines[i] = change.apply(lines[i]);
      }
    }
    return String.join("\n", lines);
  }
}

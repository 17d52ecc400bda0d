package dev.syncline.server.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages of commits: what people wrote, made safe for every Git program, and lines at the end
 * that programs read (trailers, see git-interpret-trailers).
 */
final class CommitText {

  /** Longer subjects are cut; the whole first line then begins the body. */
  static final int MAX_SUBJECT = 200;

  /** Longer messages are cut. */
  static final int MAX_LENGTH = 1 << 16;

  private static final Pattern TRAILER = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*)[ \t]*:(.*)");
  private static final Pattern OURS = Pattern.compile("(?i)syncline-[a-z0-9-]+[ \t]*:.*");

  /** What Git takes for the end of a message: the start of a patch, and the line above one. */
  private static final Pattern END_OF_MESSAGE =
      Pattern.compile("---(?:[ \t].*)?|. -{24} >8 -{24}.*");

  private CommitText() {}

  /**
   * A whole message.
   *
   * @param written what a person wrote, whatever that is
   * @param otherwise the subject if they wrote nothing
   * @param trailers names and values, in this order
   */
  static String message(String written, String otherwise, Map<String, String> trailers) {
    List<String> lines = clean(written);
    if (lines.isEmpty()) {
      lines.add(otherwise);
    }
    String first = lines.getFirst();
    if (first.length() > MAX_SUBJECT) {
      lines.addFirst("");
      lines.addFirst(cut(first, MAX_SUBJECT));
    }
    String body = cut(String.join("\n", lines), MAX_LENGTH).stripTrailing();
    var message = new StringBuilder(body).append('\n');
    if (!trailers.isEmpty() && !endsInTrailers(body)) {
      message.append('\n');
    }
    trailers.forEach((name, value) -> message.append(name).append(": ").append(value).append('\n'));
    return message.toString();
  }

  /** What a person wrote: a message without the lines that are ours. */
  static String written(String message) {
    return String.join("\n", clean(message));
  }

  /** What a message's last lines say; the last of two of one name counts. */
  static Map<String, String> trailers(String message) {
    var trailers = new LinkedHashMap<String, String>();
    String text = message.stripTrailing();
    if (!endsInTrailers(text)) {
      return trailers;
    }
    String last = "";
    for (String line : text.substring(text.lastIndexOf("\n\n") + 2).split("\n", -1)) {
      Matcher trailer = TRAILER.matcher(line);
      if (trailer.matches()) {
        last = trailer.group(1);
        trailers.put(last, trailer.group(2).strip());
      } else {
        trailers.merge(last, line.strip(), (start, more) -> start + " " + more);
      }
    }
    return trailers;
  }

  /** Whether the last paragraph, unless it is the only one, is nothing but trailers. */
  private static boolean endsInTrailers(String message) {
    int start = message.lastIndexOf("\n\n") + 2;
    if (start < 2) {
      return false;
    }
    boolean isFirst = true;
    for (String line : message.substring(start).split("\n", -1)) {
      boolean continues = !isFirst && (line.startsWith(" ") || line.startsWith("\t"));
      if (!continues && !TRAILER.matcher(line).matches()) {
        return false;
      }
      isFirst = false;
    }
    return true;
  }

  /** Lines without what no Git program expects in a message, and without claims that are ours. */
  private static List<String> clean(String written) {
    var lines = new ArrayList<String>();
    for (String raw : written.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1)) {
      var line = new StringBuilder(raw.length());
      raw.codePoints()
          .filter(c -> c == '\t' || !Character.isISOControl(c))
          .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
          .forEach(line::appendCodePoint);
      String plain = line.toString().stripTrailing();
      boolean isRepeatedBlank = plain.isEmpty() && (lines.isEmpty() || lines.getLast().isEmpty());
      if (!isRepeatedBlank && !OURS.matcher(plain).matches()) {
        lines.add(END_OF_MESSAGE.matcher(plain).matches() ? " " + plain : plain);
      }
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = length - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}

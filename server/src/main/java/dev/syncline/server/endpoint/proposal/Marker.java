package dev.syncline.server.endpoint.proposal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line in what we write on a host that people don't see: which differences it speaks of. So
 * nothing has to be remembered here, and any Syncline knows what another one did.
 */
final class Marker {

  private static final Pattern FORM = Pattern.compile("<!-- syncline drift ([0-9a-f]{1,64}) -->");

  private Marker() {}

  static String of(String fingerprint) {
    return "<!-- syncline drift " + fingerprint + " -->";
  }

  /** A text with none. */
  static String without(String text) {
    return FORM.matcher(text).replaceAll("").strip();
  }

  /** The last one in a text; empty if there is none. */
  static String in(String text) {
    Matcher marks = FORM.matcher(text);
    String last = "";
    while (marks.find()) {
      last = marks.group(1);
    }
    return last;
  }
}

package dev.syncline.server.endpoint.proposal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line in what we write on a host that people don't see: which differences it speaks of, and what
 * is left to do for a pull request. So nothing has to be remembered here, and any Syncline knows
 * what another one did.
 */
final class Marker {

  /** Which of the labels, reviewers and others that a pull request is to have were added. */
  enum Added {
    ALL,

    /** This is to be tried in the next run. */
    NOT_YET,

    /** Some were refused: this is to be tried again when the differences are others. */
    NOT_ALL
  }

  private static final Pattern FORM =
      Pattern.compile("<!-- syncline drift ([0-9a-f]{1,64})(?:, added (not_yet|not_all))? -->");

  private Marker() {}

  static String of(String fingerprint) {
    return of(fingerprint, Added.ALL);
  }

  static String of(String fingerprint, Added added) {
    return "<!-- syncline drift "
        + fingerprint
        + (added == Added.ALL ? "" : ", added " + added.name().toLowerCase(Locale.ROOT))
        + " -->";
  }

  /** A text with none. */
  static String without(String text) {
    return FORM.matcher(text).replaceAll("").strip();
  }

  /** The fingerprint of the last one in a text; empty if there is none. */
  static String in(String text) {
    Matcher marks = FORM.matcher(text);
    String last = "";
    while (marks.find()) {
      last = marks.group(1);
    }
    return last;
  }

  /** What was added, as the last one in a text says. */
  static Added added(String text) {
    Matcher marks = FORM.matcher(text);
    var last = Added.ALL;
    while (marks.find()) {
      String said = marks.group(2);
      last = said == null ? Added.ALL : Added.valueOf(said.toUpperCase(Locale.ROOT));
    }
    return last;
  }
}

package dev.syncline.server.endpoint.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of an ignore file, as gitignore(5) reads it.
 *
 * @param segments names with wildcards, from the ignore file's folder down; {@code **} is any
 *     number of folders
 * @param effect what becomes of what it matches
 * @param reach what it may match
 */
record IgnorePattern(List<String> segments, Effect effect, Reach reach) {

  /** What becomes of a match. */
  enum Effect {
    IGNORE,
    KEEP
  }

  /** What can match. */
  enum Reach {
    FOLDERS,
    ALL
  }

  private static final String ANY_FOLDERS = "**";
  private static final Pattern STARS = Pattern.compile("\\*{2,}");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

  /** Reads a line; empty if it says nothing. */
  static Optional<IgnorePattern> of(String line) {
    String body =
        ESCAPED.matcher(withoutTrailingSpaces(line)).replaceAll(IgnorePattern::plainSlash);
    if (body.startsWith("#")) {
      return Optional.empty();
    }
    Effect effect = body.startsWith("!") ? Effect.KEEP : Effect.IGNORE;
    body = effect == Effect.KEEP ? body.substring(1) : body;
    Reach reach = body.endsWith("/") ? Reach.FOLDERS : Reach.ALL;
    body = reach == Reach.FOLDERS ? body.substring(0, body.length() - 1) : body;
    if (body.isEmpty()) {
      return Optional.empty();
    }
    var segments = new ArrayList<String>();
    if (body.indexOf('/') < 0) {
      segments.add(ANY_FOLDERS);
      body = STARS.matcher(body).matches() ? "*" : body; // in a name, two are one
    }
    for (String segment : (body.startsWith("/") ? body.substring(1) : body).split("/", -1)) {
      segments.add(STARS.matcher(segment).matches() ? ANY_FOLDERS : segment);
    }
    return Optional.of(new IgnorePattern(List.copyOf(segments), effect, reach));
  }

  /** Whether it speaks of this path, given by its names from the ignore file's folder down. */
  boolean matches(List<String> names) {
    // The last ** is the only one that need be taken back: what an earlier one could match too,
    // a later one can.
    int pattern = 0;
    int name = 0;
    int starPattern = -1;
    int starName = -1;
    while (name < names.size()) {
      if (pattern < segments.size() && segments.get(pattern).equals(ANY_FOLDERS)) {
        if (pattern == segments.size() - 1) {
          return true; // a/** is all that is in a, but not a: there is a name left
        }
        starPattern = pattern++;
        starName = name;
      } else if (pattern < segments.size()
          && NamePattern.matches(segments.get(pattern), names.get(name))) {
        pattern++;
        name++;
      } else if (starPattern >= 0) {
        pattern = starPattern + 1;
        name = ++starName;
      } else {
        return false;
      }
    }
    return pattern == segments.size();
  }

  private static String plainSlash(MatchResult escaped) {
    return Matcher.quoteReplacement(escaped.group(1).equals("/") ? "/" : escaped.group());
  }

  /** Spaces at the end don't count, unless the last is escaped. */
  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      boolean escaped = end > 1 && line.charAt(end - 2) == '\\';
      if (escaped) {
        break;
      }
      end--;
    }
    return line.substring(0, end);
  }
}

package dev.syncline.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what changed somewhere, as the subject and body of a commit. */
public final class ChangeMessage {

  private static final int LONGEST_SUBJECT = 71;
  private static final int MOST_PATHS = 20;

  private ChangeMessage() {}

  /**
   * Of changes.
   *
   * @param changes not empty
   */
  public static String of(Changes changes) {
    if (changes.byPath().size() == 1) {
      var only = changes.byPath().firstEntry();
      FileChange change = only.getValue();
      String subject = verb(change) + " " + plain(only.getKey().value());
      if (subject.length() <= LONGEST_SUBJECT) {
        return subject;
      }
      String brief = verb(change) + " " + plain(only.getKey().name());
      boolean fits = brief.length() <= LONGEST_SUBJECT;
      return (fits ? brief : count(changes)) + "\n\n" + list(changes);
    }
    return count(changes) + "\n\n" + list(changes);
  }

  private static String count(Changes changes) {
    long added = count(changes, FileChange.Added.class);
    long modified = count(changes, FileChange.Modified.class);
    long removed = count(changes, FileChange.Removed.class);
    var parts = new ArrayList<String>();
    part(parts, "add", added);
    part(parts, "update", modified);
    part(parts, "remove", removed);
    String all = String.join(", ", parts);
    return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
  }

  private static void part(List<String> parts, String verb, long count) {
    if (count > 0) {
      String files = !parts.isEmpty() ? "" : count == 1 ? " file" : " files";
      parts.add(verb + " " + count + files);
    }
  }

  private static long count(Changes changes, Class<? extends FileChange> kind) {
    return changes.byPath().values().stream().filter(kind::isInstance).count();
  }

  private static String list(Changes changes) {
    var lines = new ArrayList<String>();
    changes.byPath().entrySet().stream()
        .limit(MOST_PATHS)
        .forEach(each -> lines.add(verb(each.getValue()) + " " + plain(each.getKey().value())));
    int more = changes.byPath().size() - MOST_PATHS;
    if (more > 0) {
      lines.add("and " + more + " more");
    }
    return String.join("\n", lines);
  }

  private static String verb(FileChange change) {
    return switch (change) {
      case FileChange.Added _ -> "Add";
      case FileChange.Modified _ -> "Update";
      case FileChange.Removed _ -> "Remove";
    };
  }

  /** A name may hold line breaks and bytes that are no text; what people read may not. */
  public static String plain(String path) {
    var out = new StringBuilder(path.length());
    path.codePoints()
        .forEach(c ->
            out.appendCodePoint(
                Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? '?' : c));
    return out.toString();
  }
}

package dev.syncline.core.model;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a file is in a workspace: names joined by {@code /}, as in a Git tree. The text is exactly
 * what Git holds, in no normal form; a byte of a name that is no UTF-8 is the lone surrogate U+DC00
 * + byte, so that every name of every repository has one path and comes back as it was.
 *
 * <p>No path leads out of its root or into a repository's own {@code .git}, by any spelling that
 * NTFS or HFS+ would take for it.
 *
 * @param value names joined by {@code /}; not empty
 */
public record FilePath(String value) implements Comparable<FilePath> {

  /**
   * The longest path, in UTF-16 units: beyond what any system can hold, so that it bounds input.
   */
  public static final int MAX_LENGTH = 32_768;

  public FilePath {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new SyncException.Invalid(
          "a path has 1 to " + MAX_LENGTH + " characters, not " + value.length());
    }
    int start = 0;
    while (start <= value.length()) {
      int slash = value.indexOf('/', start);
      int end = slash < 0 ? value.length() : slash;
      check(value, value.substring(start, end));
      start = end + 1;
    }
  }

  /** The last name. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** The folder that it is in; empty for the root. */
  public Optional<FilePath> parent() {
    int slash = value.lastIndexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(new FilePath(value.substring(0, slash)));
  }

  /** The folders that it is in, the nearest first. */
  public Stream<FilePath> above() {
    return Stream.iterate(parent(), Optional::isPresent, at -> at.flatMap(FilePath::parent))
        .flatMap(Optional::stream);
  }

  /** Another name in the same folder. */
  public FilePath sibling(String name) {
    return new FilePath(value.substring(0, value.lastIndexOf('/') + 1) + name);
  }

  /** Whether it lies in a folder, at any depth. */
  public boolean isUnder(FilePath folder) {
    return value.length() > folder.value.length()
        && value.charAt(folder.value.length()) == '/'
        && value.startsWith(folder.value);
  }

  /** Orders by code points, as Git orders the files of a tree. */
  @Override
  public int compareTo(FilePath other) {
    int common = Math.min(value.length(), other.value.length());
    for (int at = 0; at < common; at++) {
      char mine = value.charAt(at);
      char its = other.value.charAt(at);
      if (mine != its) {
        boolean sameKind = Character.isSurrogate(mine) == Character.isSurrogate(its);
        return sameKind ? Character.compare(mine, its) : Character.isSurrogate(mine) ? 1 : -1;
      }
    }
    return Integer.compare(value.length(), other.value.length());
  }

  @Override
  public String toString() {
    return value;
  }

  private static void check(String path, String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new SyncException.Invalid("\"" + path + "\" is not a path inside the workspace");
    }
    if (name.indexOf('\0') >= 0 || isGitDirectory(name)) {
      throw new SyncException.Invalid("\"" + path + "\" has a name that no Git tree may hold");
    }
    for (int at = 0; at < name.length(); at++) {
      char c = name.charAt(at);
      if (Character.isHighSurrogate(c)
          && at + 1 < name.length()
          && Character.isLowSurrogate(name.charAt(at + 1))) {
        at++;
      } else if (Character.isSurrogate(c) && (c < 0xDC80 || c > 0xDCFF)) {
        throw new SyncException.Invalid("\"" + path + "\" has half a character in it");
      }
    }
  }

  /**
   * Whether a file system would take it for {@code .git}, or for a path into it where a backslash
   * parts names: what Git refuses with {@code core.protectNTFS} and {@code core.protectHFS}.
   */
  private static boolean isGitDirectory(String name) {
    int start = 0;
    for (int end = name.indexOf('\\'); end >= 0; end = name.indexOf('\\', start)) {
      if (isTakenForGit(name.substring(start, end))) {
        return true;
      }
      start = end + 1;
    }
    return isTakenForGit(name.substring(start));
  }

  /** HFS+ ignores some characters, NTFS dots and spaces at the end, and what names a stream. */
  private static boolean isTakenForGit(String name) {
    if (name.length() < 4 || (name.charAt(0) != '.' && !startsLikeGit(name))) {
      return false;
    }
    var plain = new StringBuilder();
    name.codePoints()
        .filter(c -> !(c >= 0x200C && c <= 0x200F)) // joiners and directions that HFS+ ignores
        .filter(c -> !(c >= 0x202A && c <= 0x202E) && !(c >= 0x206A && c <= 0x206F) && c != 0xFEFF)
        .forEach(plain::appendCodePoint);
    int stream = plain.indexOf(":");
    int end = stream < 0 ? plain.length() : stream;
    while (end > 0 && (plain.charAt(end - 1) == '.' || plain.charAt(end - 1) == ' ')) {
      end--;
    }
    String seen = plain.substring(0, end).toLowerCase(Locale.ROOT);
    return seen.equals(".git") || seen.equals("git~1");
  }

  private static boolean startsLikeGit(String name) {
    char first = name.charAt(0);
    return first == 'g' || first == 'G' || first >= 0x200C;
  }
}

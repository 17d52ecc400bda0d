package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a folder's {@code .synclineignore} files say, in the manner of gitignore(5): a nearer file
 * counts before a farther one, and nothing in an ignored folder can be had back.
 *
 * <p>Thread-safe.
 */
final class IgnoreRules {

  private static final long LONGEST = 1 << 20;

  private final Optional<String> apart;

  /** By the folder that they are in. */
  private final Map<String, IgnoreFile> files = new ConcurrentHashMap<>();

  /**
   * @param apart a folder that is ignored whatever the files say
   */
  IgnoreRules(Optional<String> apart) {
    this.apart = apart;
  }

  /**
   * Takes the ignore file of a folder into account, or that it has none any more. One that can't be
   * read keeps its old rules: what was ignored must not suddenly be synced.
   *
   * @param folder the path of that folder
   */
  void look(String where, Path folder, Optional<FileStat> ignoreFile) throws IOException {
    if (ignoreFile.isEmpty() || ignoreFile.get().kind() != FileStat.Kind.FILE) {
      files.remove(where);
      return;
    }
    FileStat stat = ignoreFile.get();
    IgnoreFile known = files.get(where);
    if (known != null && known.stat().equals(stat)) {
      return;
    }
    if (stat.size() > LONGEST) {
      throw new IOException(IgnoreFile.NAME + " is longer than a megabyte");
    }
    Path file = RawName.in(folder, IgnoreFile.NAME);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] text = in.readNBytes((int) LONGEST);
      files.put(where, IgnoreFile.of(stat, new String(text, StandardCharsets.UTF_8)));
    }
  }

  /** Forgets the rules in a folder and below. */
  void forget(String where) {
    files.keySet().removeIf(folder -> folder.equals(where) || folder.startsWith(where + "/"));
  }

  /** Whether a path is ignored, given that no folder that it is in is. */
  boolean ignores(String where, FileStat.Kind kind) {
    if (apart.filter(where::equals).isPresent()) {
      return true;
    }
    if (files.isEmpty()) {
      return false;
    }
    List<String> names = List.of(where.split("/", -1));
    return ignores(names, names.size(), kind);
  }

  /** Whether a file is ignored, or a folder that it is in. */
  boolean ignoresOrIsUnder(String where) {
    if (apart.filter(own -> where.equals(own) || where.startsWith(own + "/")).isPresent()) {
      return true;
    }
    if (files.isEmpty()) {
      return false;
    }
    List<String> names = List.of(where.split("/", -1));
    for (int length = 1; length < names.size(); length++) {
      if (ignores(names, length, FileStat.Kind.FOLDER)) {
        return true;
      }
    }
    return ignores(names, names.size(), FileStat.Kind.FILE);
  }

  private boolean ignores(List<String> names, int length, FileStat.Kind kind) {
    for (int depth = length - 1; depth >= 0; depth--) {
      IgnoreFile file = files.get(String.join("/", names.subList(0, depth)));
      if (file != null) {
        var effect = file.effectOn(names.subList(depth, length), kind);
        if (effect.isPresent()) {
          return effect.get() == IgnorePattern.Effect.IGNORE;
        }
      }
    }
    return false;
  }
}

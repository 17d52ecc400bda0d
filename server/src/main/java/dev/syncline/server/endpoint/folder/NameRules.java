package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a file system makes of names.
 *
 * @param letters whether {@code README} and {@code readme} are two files
 * @param accents whether é as one character and é as two are two files
 * @param forbidden what no name may be
 * @param longest how long a name may be
 */
record NameRules(Letters letters, Accents accents, Forbidden forbidden, Longest longest) {

  /** Whether upper and lower case differ. */
  enum Letters {
    DIFFER,
    ARE_ONE
  }

  /** Whether the normal forms of Unicode differ. */
  enum Accents {
    DIFFER,
    ARE_ONE
  }

  /** What no name may be. */
  enum Forbidden {
    NOTHING,
    /** What Windows doesn't take: {@code <>:"|?*\}, control characters, device names, bytes. */
    WINDOWS
  }

  /** The unit that a name's length of at most 255 is counted in. */
  enum Longest {
    BYTES,
    UNITS
  }

  /** A file system that keeps any name as it is. */
  static final NameRules ANY =
      new NameRules(Letters.DIFFER, Accents.DIFFER, Forbidden.NOTHING, Longest.BYTES);

  private static final String COMPOSED = "probe-\u00e9";
  private static final String DECOMPOSED = "probe-e\u0301";

  /**
   * Finds out what the file system does.
   *
   * @param folder an existing one, for a file that is gone afterwards
   */
  static NameRules probe(Path folder) {
    try {
      return tried(folder);
    } catch (IOException _) {
      return assumed(); // nothing can be written now, so that no name can do harm
    }
  }

  private static NameRules tried(Path folder) throws IOException {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    Path file = RawName.in(folder, COMPOSED);
    Files.deleteIfExists(file);
    try {
      Files.createFile(file);
      return new NameRules(
          FileStat.ifThere(RawName.in(folder, COMPOSED.toUpperCase(Locale.ROOT))).isPresent()
              ? Letters.ARE_ONE
              : Letters.DIFFER,
          FileStat.ifThere(RawName.in(folder, DECOMPOSED)).isPresent()
              ? Accents.ARE_ONE
              : Accents.DIFFER,
          windows ? Forbidden.WINDOWS : Forbidden.NOTHING,
          windows ? Longest.UNITS : Longest.BYTES);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** What the file systems of this operating system do most often. */
  static NameRules assumed() {
    String system = System.getProperty("os.name", "");
    if (system.startsWith("Windows")) {
      return new NameRules(Letters.ARE_ONE, Accents.DIFFER, Forbidden.WINDOWS, Longest.UNITS);
    }
    return system.startsWith("Mac")
        ? new NameRules(Letters.ARE_ONE, Accents.ARE_ONE, Forbidden.NOTHING, Longest.BYTES)
        : ANY;
  }

  /** The same, and no name that Windows or a Mac would not take. */
  NameRules portable() {
    return new NameRules(Letters.ARE_ONE, accents, Forbidden.WINDOWS, longest);
  }

  /** Whether every name is kept as it is and differs from every other. */
  boolean keepEverything() {
    return letters == Letters.DIFFER && accents == Accents.DIFFER && forbidden == Forbidden.NOTHING;
  }
}

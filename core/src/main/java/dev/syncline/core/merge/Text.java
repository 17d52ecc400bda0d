package dev.syncline.core.merge;

import java.util.Optional;

/** Tells what may be merged by line from what may not. Pure; callable from any thread. */
public final class Text {

  /**
   * The largest contents that are merged, in bytes. A merge holds three versions and their lines at
   * once, and no person reads a larger file line by line.
   */
  public static final int LARGEST = 16 << 20;

  private Text() {}

  /**
   * Whether contents have lines: no NUL byte, and not too large. Any encoding but UTF-16 is fine.
   */
  public static boolean isText(byte[] contents) {
    return refusal(contents).isEmpty();
  }

  /** Why contents are no text, in a few words; empty if they are. */
  static Optional<String> refusal(byte[]... versions) {
    for (byte[] contents : versions) {
      if (contents.length > LARGEST) {
        return Optional.of("larger than " + (LARGEST >> 20) + " MiB");
      }
      for (byte b : contents) {
        if (b == 0) {
          return Optional.of("binary: it has a NUL byte");
        }
      }
    }
    return Optional.empty();
  }
}

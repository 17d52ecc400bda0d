package dev.syncline.server.ledger;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FileVersion;

/** A file's version as text: its mode in octal, a space, and its contents' id. */
final class VersionText {

  private static final int OCTAL = 8;

  private VersionText() {}

  static String format(FileVersion version) {
    return Integer.toOctalString(GitModes.bits(version.mode())) + " " + version.content();
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static FileVersion parse(String text) {
    int space = text.indexOf(' ');
    FileMode mode =
        GitModes.mode(Integer.parseInt(text.substring(0, Math.max(0, space)), OCTAL))
            .orElseThrow(() -> new IllegalArgumentException("not a file's mode: " + text));
    return new FileVersion(ContentId.parse(text.substring(space + 1)), mode);
  }
}

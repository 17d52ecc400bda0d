package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which names of a shared folder may become names of files. Everybody who edits the folder chooses
 * them, and whoever checks the repository out meets them.
 */
final class SafeNames {

  /** What file systems take at most, in bytes. */
  private static final int LONGEST = 255;

  /** What Windows takes for a device, whatever ending follows. */
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³])( *\\..*)?");

  private SafeNames() {}

  /**
   * Makes sure that a path can be a file's anywhere.
   *
   * @throws SyncException.Invalid if not, with the reason
   */
  static void check(FilePath path) {
    for (String name : path.value().split("/", -1)) {
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw new SyncException.Invalid("its name has a control character in it");
      }
      if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
        throw new SyncException.Invalid("its name has more than " + LONGEST + " bytes");
      }
      if (DEVICE.matcher(name.toLowerCase(Locale.ROOT).stripTrailing()).matches()) {
        throw new SyncException.Invalid("its name is a device's on Windows");
      }
    }
  }
}

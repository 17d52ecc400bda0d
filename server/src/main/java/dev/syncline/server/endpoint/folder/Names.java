package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.endpoint.folder.NameRules.Accents;
import dev.syncline.server.endpoint.folder.NameRules.Forbidden;
import dev.syncline.server.endpoint.folder.NameRules.Letters;
import dev.syncline.server.endpoint.folder.NameRules.Longest;
import java.io.ByteArrayOutputStream;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a file of the ledger is called in a folder, and back: a name that the file system can't hold
 * has the bytes that are in the way written as {@code %HH}. What needs nothing is called the same.
 *
 * <p>For every name of the ledger {@code toLedger(toFolder(name, n))} is the name. A name that a
 * person gave to a file in the folder and that happens to have a {@code %} in it is only taken for
 * one of ours if we would have written it just so: {@code a%20b.html} stays what it is.
 *
 * <p>Pure. Thread-safe: immutable.
 */
final class Names {

  private static final int LONGEST = 255;
  private static final String FORBIDDEN = "<>:\"|?*\\";
  private static final Set<String> DEVICES =
      Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$");
  private static final Pattern NUMBERED_DEVICE = Pattern.compile("(?:COM|LPT)[1-9¹²³]");
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final NameRules rules;

  Names(NameRules rules) {
    this.rules = rules;
  }

  NameRules rules() {
    return rules;
  }

  /** What a name of the ledger is called in the folder. */
  String toFolder(String name) {
    return toFolder(name, 0);
  }

  /**
   * What it is called where others have its name already.
   *
   * @param avoiding how many of its letters are escaped for no other reason than to differ
   */
  String toFolder(String name, int avoiding) {
    if (rules.keepEverything()) {
      return name;
    }
    boolean[] escaped = mustEscape(name);
    escapeLetters(name, escaped, avoiding);
    return isAny(escaped) || !toLedger(name).equals(name) ? write(name, escaped) : name;
  }

  /** What a name in the folder is called in the ledger. */
  String toLedger(String name) {
    if (rules.keepEverything() || name.indexOf('%') < 0 || !ESCAPE.matcher(name).find()) {
      return name;
    }
    String meant = unescape(name);
    if (!isName(meant)) {
      return name;
    }
    for (int avoiding = 0; avoiding <= meant.length(); avoiding++) {
      String written = toFolder(meant, avoiding);
      if (composed(written).equals(composed(name))) {
        return meant;
      }
      if (written.length() > name.length()) {
        break;
      }
    }
    return name;
  }

  /** The same for names that the file system takes for one. */
  String key(String name) {
    String key = composed(name);
    if (rules.letters() == Letters.ARE_ONE) {
      key = key.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
      key = composed(key);
    }
    return key;
  }

  /** Whether the file system can hold a name of this length. */
  boolean isTooLong(String folderName) {
    return (rules.longest() == Longest.UNITS
            ? folderName.length()
            : RawName.bytes(folderName).length)
        > LONGEST;
  }

  /** A file system that has one name for both forms of é may give back either. */
  private String composed(String name) {
    return rules.accents() == Accents.ARE_ONE ? nfc(name) : name;
  }

  private static boolean isName(String name) {
    try {
      return new FilePath(name).name().equals(name);
    } catch (SyncException.Invalid _) {
      return false;
    }
  }

  static String nfc(String name) {
    return Normalizer.isNormalized(name, Normalizer.Form.NFC)
        ? name
        : Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  private boolean[] mustEscape(String name) {
    boolean[] escaped = new boolean[name.length()];
    if (rules.forbidden() == Forbidden.NOTHING) {
      return escaped;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean lone =
          RawName.isLone(c) && (i == 0 || !Character.isHighSurrogate(name.charAt(i - 1)));
      escaped[i] = c < ' ' || c == 0x7F || FORBIDDEN.indexOf(c) >= 0 || lone;
    }
    for (int i = name.length() - 1; i >= 0 && ". ".indexOf(name.charAt(i)) >= 0; i--) {
      escaped[i] = true;
    }
    if (isDevice(name)) {
      escaped[0] = true;
    }
    return escaped;
  }

  /** Windows looks at what is before the first dot, without spaces behind it. */
  private static boolean isDevice(String name) {
    int end = name.length();
    for (char stop : new char[] {'.', ':'}) {
      int at = name.indexOf(stop);
      end = at >= 0 ? Math.min(end, at) : end;
    }
    String stem = name.substring(0, end).stripTrailing().toUpperCase(Locale.ROOT);
    return DEVICES.contains(stem) || NUMBERED_DEVICE.matcher(stem).matches();
  }

  private static void escapeLetters(String name, boolean[] escaped, int wanted) {
    int left = wanted;
    for (int i = 0; i < name.length() && left > 0; i++) {
      if (!escaped[i] && isLetter(name.charAt(i))) {
        escaped[i] = true;
        left--;
      }
    }
    for (int i = 0; i < name.length() && left > 0; i++) {
      if (!escaped[i]) {
        escaped[i] = true;
        if (Character.isHighSurrogate(name.charAt(i))) {
          escaped[++i] = true;
        }
        left--;
      }
    }
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isAny(boolean[] escaped) {
    for (boolean one : escaped) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  private static String write(String name, boolean[] escaped) {
    var out = new StringBuilder(name.length() + 16);
    for (int i = 0; i < name.length(); ) {
      int c = name.codePointAt(i);
      int next = i + Character.charCount(c);
      if (escaped[i] || isEscape(name, i)) {
        for (byte b : RawName.bytes(name.substring(i, next))) {
          out.append('%').append(HEX.toHexDigits(b));
        }
      } else {
        out.appendCodePoint(c);
      }
      i = next;
    }
    return out.toString();
  }

  private static boolean isEscape(String name, int at) {
    return ESCAPE.matcher(name).region(at, name.length()).lookingAt();
  }

  private static String unescape(String name) {
    var out = new ByteArrayOutputStream(name.length());
    for (int i = 0; i < name.length(); ) {
      if (isEscape(name, i)) {
        out.write(HexFormat.fromHexDigits(name, i + 1, i + 3));
        i += 3;
      } else {
        int c = name.codePointAt(i);
        out.writeBytes(RawName.bytes(Character.toString(c)));
        i += Character.charCount(c);
      }
    }
    return RawName.text(out.toByteArray());
  }
}

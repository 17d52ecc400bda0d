package dev.syncline.server.view.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Texts in URLs, percent-encoded. A path's byte that is no UTF-8 (a lone surrogate in Java, see
 * {@link dev.syncline.core.model.FilePath}) travels as that byte.
 */
public final class UrlText {

  private static final String PLAIN = "-_.~";
  private static final int BYTE_MARK = 0xDC00;

  private UrlText() {}

  /** Encodes everything but letters, digits and {@code -_.~}. */
  public static String encode(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          if (point < 0x80 && (Character.isLetterOrDigit(point) || PLAIN.indexOf(point) >= 0)) {
            out.append((char) point);
          } else {
            for (byte part : bytes(point)) {
              out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(part));
            }
          }
        });
    return out.toString();
  }

  /** The same, but {@code /} stays. */
  public static String encodePath(String path) {
    return encode(path).replace("%2F", "/");
  }

  /** Reads it; empty if a {@code %} is not followed by two digits. */
  public static Optional<String> decode(String text) {
    var out = new StringBuilder();
    var bytes = new ByteArrayOutputStream();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '%') {
        if (at + 2 >= text.length()
            || !HexFormat.isHexDigit(text.charAt(at + 1))
            || !HexFormat.isHexDigit(text.charAt(at + 2))) {
          return Optional.empty();
        }
        bytes.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
        at += 2;
      } else {
        flush(bytes, out);
        out.append(c);
      }
    }
    flush(bytes, out);
    return Optional.of(out.toString());
  }

  private static byte[] bytes(int point) {
    return Character.isBmpCodePoint(point) && Character.isSurrogate((char) point)
        ? new byte[] {(byte) (point - BYTE_MARK)}
        : Character.toString(point).getBytes(StandardCharsets.UTF_8);
  }

  private static void flush(ByteArrayOutputStream bytes, StringBuilder out) {
    byte[] all = bytes.toByteArray();
    bytes.reset();
    for (int at = 0; at < all.length; ) {
      int length = length(all, at);
      if (length == 0) {
        out.append((char) (BYTE_MARK + (all[at] & 0xFF)));
        at++;
      } else {
        out.append(new String(all, at, length, StandardCharsets.UTF_8));
        at += length;
      }
    }
  }

  /** How many bytes the character there has; 0 if it is no UTF-8. */
  private static int length(byte[] all, int at) {
    for (int length = 1; length <= 4 && at + length <= all.length; length++) {
      String one = new String(all, at, length, StandardCharsets.UTF_8);
      if (one.codePointCount(0, one.length()) == 1
          && Arrays.equals(
              one.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(all, at, at + length))) {
        return length;
      }
    }
    return 0;
  }
}

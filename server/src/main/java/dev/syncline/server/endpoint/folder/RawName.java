package dev.syncline.server.endpoint.folder;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Names of files as the text that {@link dev.syncline.core.model.FilePath} holds, whatever bytes
 * they are and whatever the locale is.
 *
 * <p>Java shows a name in the locale's character set, and loses what doesn't fit: all that is not
 * ASCII in a container without a locale. A path's URI alone has the bytes as they are.
 */
final class RawName {

  private static final boolean HAS_BYTES = File.separatorChar == '/';
  private static final boolean SHOWS_UTF_8 =
      System.getProperty("sun.jnu.encoding", "").toUpperCase(Locale.ROOT).equals("UTF-8");
  private static final Path TOP = Path.of("/");
  private static final int FIRST_LONE = 0xDC00;
  private static final char UNKNOWN = '\uFFFD';

  private RawName() {}

  /** A path's last name. */
  static String of(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : text(name);
  }

  /** A whole path as it is: what a symbolic link points to. */
  static String text(Path path) {
    String shown = path.toString();
    if (!HAS_BYTES || isExact(shown)) {
      return shown;
    }
    boolean absolute = path.isAbsolute();
    byte[] raw = unescaped(TOP.resolve(path).toUri().getRawPath());
    int start = absolute ? 0 : 1;
    // A URI of a directory ends with a slash; a path never does.
    int end = raw.length > 1 && raw[raw.length - 1] == '/' ? raw.length - 1 : raw.length;
    return text(raw, start, end);
  }

  /** The file of that name in a folder. */
  static Path in(Path folder, String name) {
    return folder.resolve(path(name));
  }

  /** The path of names joined by slashes below a folder. */
  static Path below(Path folder, String names) {
    return names.isEmpty() ? folder : folder.resolve(path(names));
  }

  /** The path that this text is. */
  static Path path(String text) {
    if (!HAS_BYTES || isWritable(text)) {
      return Path.of(text);
    }
    boolean absolute = text.startsWith("/");
    var escaped = new StringBuilder(absolute ? "file://" : "file:///");
    for (byte b : bytes(text)) {
      escaped.append(b == '/' ? "/" : "%" + String.format(Locale.ROOT, "%02X", b));
    }
    Path whole = Path.of(URI.create(escaped.toString()));
    return absolute ? whole : whole.subpath(0, whole.getNameCount());
  }

  /** A text's bytes in Git: UTF-8, and each lone surrogate the byte that it stands for. */
  static byte[] bytes(String text) {
    if (!hasLone(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    var out = new ByteArrayOutputStream(text.length() + 8);
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (isLone(c)) {
        out.write(c - FIRST_LONE);
      } else {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
      at += Character.charCount(c);
    }
    return out.toByteArray();
  }

  /** The text that has these bytes. */
  static String text(byte[] bytes) {
    return text(bytes, 0, bytes.length);
  }

  /** Whether a character stands for a byte that is no UTF-8. */
  static boolean isLone(int c) {
    return c >= 0xDC80 && c <= 0xDCFF;
  }

  private static String text(byte[] bytes, int start, int end) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, start, end - start);
    CharBuffer out = CharBuffer.allocate(end - start + 1);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (FIRST_LONE + (in.get() & 0xFF)));
      }
      decoder.reset();
      result = decoder.decode(in, out, true);
    }
    return out.flip().toString();
  }

  private static boolean isExact(String shown) {
    for (int i = 0; i < shown.length(); i++) {
      char c = shown.charAt(i);
      if (c == UNKNOWN || (c >= 0x80 && !SHOWS_UTF_8)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWritable(String text) {
    return SHOWS_UTF_8 ? !hasLone(text) : text.chars().allMatch(c -> c < 0x80);
  }

  private static boolean hasLone(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLowSurrogate(c)
          && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] unescaped(String uri) {
    var out = new ByteArrayOutputStream(uri.length());
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c == '%') {
        out.write(Integer.parseInt(uri, i + 1, i + 3, 16));
        i += 2;
      } else {
        out.write(c);
      }
    }
    return out.toByteArray();
  }
}

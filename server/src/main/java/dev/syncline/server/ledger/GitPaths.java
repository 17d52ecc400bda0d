package dev.syncline.server.ledger;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Paths and names as the bytes of a Git tree: UTF-8, and what is none as the lone surrogate U+DC00
 * + byte, so that every name comes back as it was.
 */
final class GitPaths {

  /** Deeper paths no Git program reads (core.maxTreeDepth), and ours would run out of stack. */
  static final int MAX_DEPTH = 512;

  private static final char BYTE = 0xDC00;

  private GitPaths() {}

  /**
   * A path's bytes.
   *
   * @throws SyncException.Invalid if it is spelled in a way that would not come back, or too deep
   */
  static byte[] bytes(FilePath path) {
    check(path);
    return bytes(path.value());
  }

  /**
   * Checks how deep a path is.
   *
   * @throws SyncException.Invalid if it is too deep
   */
  static void check(FilePath path) {
    String text = path.value();
    if (text.length() >= 2 * MAX_DEPTH && text.chars().filter(c -> c == '/').count() >= MAX_DEPTH) {
      throw new SyncException.Invalid(
          "a path of more than " + MAX_DEPTH + " folders can't be in a ledger");
    }
  }

  /** The bytes of a path or a name. */
  static byte[] bytes(String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    if (!hasRawByte(text)) {
      return plain;
    }
    var bytes = new ByteArrayOutputStream(plain.length);
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      if (c >= BYTE + 0x80 && c <= BYTE + 0xFF) {
        bytes.write(c - BYTE);
      } else {
        bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] raw = bytes.toByteArray();
    if (!text(raw, 0, raw.length).equals(text)) {
      throw new SyncException.Invalid(
          "a name spells UTF-8 as single bytes: there is another path for it");
    }
    return raw;
  }

  /** A path or a name of these bytes. */
  static String text(byte[] bytes, int offset, int length) {
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(bytes, offset, length);
    // A byte never needs more than one UTF-16 unit.
    var out = CharBuffer.allocate(length);
    while (true) {
      CoderResult result = utf8.decode(in, out, true);
      if (!result.isError()) {
        return out.flip().toString();
      }
      out.put((char) (BYTE + (in.get() & 0xFF)));
      utf8.reset();
    }
  }

  /**
   * Orders names of one folder as {@link FilePath} orders the files in it.
   *
   * @param one a name, with a slash at its end if it is a folder
   */
  static int compare(String one, String other) {
    int common = Math.min(one.length(), other.length());
    for (int at = 0; at < common; at++) {
      char mine = one.charAt(at);
      char its = other.charAt(at);
      if (mine != its) {
        boolean sameKind = Character.isSurrogate(mine) == Character.isSurrogate(its);
        return sameKind ? Character.compare(mine, its) : Character.isSurrogate(mine) ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /** Whether a name has bytes that are no UTF-8: only then is FilePath's order not Git's. */
  static boolean hasRawByte(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (Character.isHighSurrogate(c)
          && at + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(at + 1))) {
        at++;
      } else if (Character.isSurrogate(c)) {
        return true;
      }
    }
    return false;
  }
}

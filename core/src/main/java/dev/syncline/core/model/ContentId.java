package dev.syncline.core.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names a file's contents: the id that Git gives to them as a blob, the SHA-1 of {@code blob
 * <length> NUL <contents>}. Equal ids are equal contents.
 *
 * @param head the first eight bytes, big-endian
 * @param middle the next eight
 * @param tail the last four
 */
public record ContentId(long head, long middle, int tail) {

  /** How many bytes an id has. */
  public static final int BYTES = 20;

  /** Of 20 bytes. */
  public static ContentId of(byte[] id) {
    if (id.length != BYTES) {
      throw new SyncException.Invalid("a content id has 20 bytes, not " + id.length);
    }
    var in = ByteBuffer.wrap(id);
    return new ContentId(in.getLong(), in.getLong(), in.getInt());
  }

  /** Of 40 hexadecimal digits. */
  public static ContentId parse(String hex) {
    try {
      return of(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException e) {
      throw new SyncException.Invalid("\"" + hex + "\" is not 40 hexadecimal digits", e);
    }
  }

  /** The id of these contents. */
  public static ContentId ofContents(byte[] contents) {
    return of(hashing(contents.length).digest(contents));
  }

  /** Makes the bytes of an id of contents, once it is given all of them: so many bytes. */
  public static MessageDigest hashing(long size) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
      return sha1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /** The 20 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(head).putLong(middle).putInt(tail).array();
  }

  /** 40 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}

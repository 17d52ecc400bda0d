package dev.syncline.server.compress;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The SHA-256 of a version, by which RFC 9842 names it. Immutable; its bytes are not to change. */
public record VersionHash(byte[] bytes) {

  private static final int BYTES = 32;

  public static VersionHash of(byte[] contents) {
    try {
      return new VersionHash(MessageDigest.getInstance("SHA-256").digest(contents));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Reads {@code :Base64:}, as headers write bytes; empty if it is something else. */
  public static Optional<VersionHash> read(String header) {
    String text = header.strip();
    if (text.length() < 2 || !text.startsWith(":") || !text.endsWith(":")) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.substring(1, text.length() - 1));
      return bytes.length == BYTES ? Optional.of(new VersionHash(bytes)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionHash that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}

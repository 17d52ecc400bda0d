package dev.syncline.server.archive;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest of a backup's entries (FIPS 180-4). */
final class Sha256 {

  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}

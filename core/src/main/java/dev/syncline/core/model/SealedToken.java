package dev.syncline.core.model;

/**
 * A token as it is stored: what it allows, and what its secret hashes to.
 *
 * @param secretHash SHA-256 of the secret, in lower-case hexadecimal
 */
public record SealedToken(IssuedToken token, String secretHash) {

  private static final int HASH_LENGTH = 64;

  public SealedToken {
    if (secretHash.length() != HASH_LENGTH) {
      throw new SyncException.Invalid("a token's hash has " + HASH_LENGTH + " hexadecimal digits");
    }
  }
}

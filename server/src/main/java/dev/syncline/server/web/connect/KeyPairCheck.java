package dev.syncline.server.web.connect;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.ServerSettings;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/**
 * Tells whether a private key fits a certificate, by signing with one and verifying with the other.
 */
final class KeyPairCheck {

  private KeyPairCheck() {}

  /**
   * @throws SyncException.Invalid if they don't, as happens while a renewal has replaced one file
   */
  static void belongTogether(ServerSettings.Tls files, PublicKey certified, PrivateKey own)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm(certified));
    byte[] sample = {1, 2, 3};
    signature.initSign(own);
    signature.update(sample);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(sample);
    if (!signature.verify(signed)) {
      throw new SyncException.Invalid(
          files.key() + " is not the key of the certificate in " + files.certificate());
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}

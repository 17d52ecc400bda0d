package dev.syncline.server.web.connect;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.ServerSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a certificate chain and its private key from PEM files (RFC 7468). */
final class PemKeyStore {

  private static final Pattern KEY =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----([^-]+)-----END \\1-----");

  private PemKeyStore() {}

  /**
   * A key store in memory that holds the pair, and nothing else.
   *
   * @throws SyncException.Invalid if a file is not what it should be, or they don't belong together
   */
  static KeyStore of(ServerSettings.Tls files, byte[] certificate, byte[] key) {
    try {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(certificate))
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        throw new SyncException.Invalid(files.certificate() + " holds no certificate (PEM)");
      }
      PrivateKey own = privateKey(files, new String(key, StandardCharsets.ISO_8859_1), chain[0]);
      KeyPairCheck.belongTogether(files, chain[0].getPublicKey(), own);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, new char[0]);
      store.setKeyEntry("server", own, new char[0], chain);
      return store;
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new SyncException.Invalid(
          "can't use " + files.certificate() + " with " + files.key() + ": " + e.getMessage(), e);
    }
  }

  /** The bytes of one of the files. */
  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SyncException.Invalid("can't read " + file + " (TLS): " + e.getMessage(), e);
    }
  }

  private static PrivateKey privateKey(
      ServerSettings.Tls files, String pem, Certificate certificate)
      throws GeneralSecurityException {
    Matcher found = KEY.matcher(pem);
    if (!found.find()) {
      throw new SyncException.Invalid(files.key() + " holds no private key (PEM)");
    }
    byte[] der = Base64.getMimeDecoder().decode(found.group(2));
    byte[] pkcs8 =
        switch (found.group(1)) {
          case "PRIVATE KEY" -> der;
          case "RSA PRIVATE KEY" -> OldKeyForms.fromPkcs1(der);
          case "EC PRIVATE KEY" ->
              OldKeyForms.fromSec1(der, certificate.getPublicKey().getEncoded());
          default ->
              throw new SyncException.Invalid(
                  files.key()
                      + " is encrypted: store it without a passphrase, readable by the"
                      + " server's user only");
        };
    return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }
}

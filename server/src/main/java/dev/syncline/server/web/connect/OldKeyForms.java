package dev.syncline.server.web.connect;

import java.io.ByteArrayOutputStream;

/**
 * Wraps private keys in the two forms that OpenSSL wrote before PKCS #8 (RFC 5208), and that Caddy
 * and others still write: PKCS #1 for RSA (RFC 8017) and SEC 1 for elliptic curves (RFC 5915).
 */
final class OldKeyForms {

  private static final byte SEQUENCE = 0x30;
  private static final byte OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  /** OID 1.2.840.113549.1.1.1 (rsaEncryption) with NULL parameters. */
  private static final byte[] RSA = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };

  private OldKeyForms() {}

  static byte[] fromPkcs1(byte[] key) {
    return pkcs8(RSA, key);
  }

  /**
   * @param publicKey DER of the certificate's SubjectPublicKeyInfo: it begins with the identifier
   *     of the curve, which a SEC 1 key may leave out
   */
  static byte[] fromSec1(byte[] key, byte[] publicKey) {
    int from = 1 + lengthBytes(publicKey, 1);
    int length = 2 + publicKey[from + 1];
    byte[] algorithm = new byte[length];
    System.arraycopy(publicKey, from, algorithm, 0, length);
    return pkcs8(algorithm, key);
  }

  private static byte[] pkcs8(byte[] algorithm, byte[] key) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(VERSION_0);
    body.writeBytes(algorithm);
    body.writeBytes(tagged(OCTET_STRING, key));
    return tagged(SEQUENCE, body.toByteArray());
  }

  private static byte[] tagged(byte tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >>> 8);
      out.write(length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static int lengthBytes(byte[] der, int at) {
    return der[at] >= 0 ? 1 : 1 + (der[at] & 0x7f);
  }
}

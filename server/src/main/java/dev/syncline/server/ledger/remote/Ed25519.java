package dev.syncline.server.ledger.remote;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/** Java's own Ed25519 keys and the 32 bytes that RFC 8032 makes of each. Thread-safe. */
final class Ed25519 {

  static final int BYTES = 32;

  private static final String NAME = "Ed25519";

  private Ed25519() {}

  /** A new pair. */
  static KeyPair generate(SecureRandom random) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(NAME);
    generator.initialize(NamedParameterSpec.ED25519, random);
    return generator.generateKeyPair();
  }

  /** The public key as 32 bytes: y, little-endian, and the sign of x in its highest bit. */
  static byte[] raw(EdECPublicKey key) {
    byte[] y = key.getPoint().getY().toByteArray();
    var raw = new byte[BYTES];
    for (int i = 0; i < Math.min(y.length, BYTES); i++) {
      raw[i] = y[y.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      raw[BYTES - 1] |= (byte) 0x80;
    }
    return raw;
  }

  static EdECPublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    if (raw.length != BYTES) {
      throw new InvalidKeyException("a public Ed25519 key has 32 bytes, not " + raw.length);
    }
    var y = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      y[i] = raw[BYTES - 1 - i];
    }
    boolean xOdd = (y[0] & 0x80) != 0;
    y[0] &= 0x7F;
    var point = new EdECPoint(xOdd, new BigInteger(1, y));
    return (EdECPublicKey)
        KeyFactory.getInstance(NAME)
            .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  static EdECPrivateKey privateKey(byte[] seed) throws GeneralSecurityException {
    return (EdECPrivateKey)
        KeyFactory.getInstance(NAME)
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
  }

  /** The 32 bytes that a private key is made of. */
  static byte[] seed(EdECPrivateKey key) throws InvalidKeyException {
    return key.getBytes().orElseThrow(() -> new InvalidKeyException("the key can't be read"));
  }

  /** The public half: Java makes it only while it makes a pair, so a pair is made of this seed. */
  static EdECPublicKey publicOf(EdECPrivateKey key) throws GeneralSecurityException {
    return (EdECPublicKey) generate(new Fixed(seed(key))).getPublic();
  }

  /** Gives these bytes instead of chance. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] wanted) {
      System.arraycopy(bytes, 0, wanted, 0, wanted.length);
      Arrays.fill(bytes, (byte) 0);
    }
  }
}

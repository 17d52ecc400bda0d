package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The private key of an app: PEM with PKCS #1, as GitHub makes them, or PKCS #8. */
final class AppKey {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END ");

  /** Of PKCS #8: version 0, and the algorithm rsaEncryption without parameters. */
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  /** GitHub's clock may be behind ours; it advises a minute. */
  private static final Duration BEFORE = Duration.ofMinutes(1);

  /** GitHub allows ten minutes from its own now on. */
  private static final Duration AFTER = Duration.ofMinutes(8);

  private final PrivateKey key;

  private AppKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * Reads a key.
   *
   * @throws SyncException.Denied if there is none
   */
  static AppKey read(Secret secret) {
    String where = secret.file().map(Path::toString).orElse("what was given as it");
    try {
      // Where only one line can be given, line ends are written as two characters.
      Matcher pem = PEM.matcher(secret.value().replace("\\n", "\n"));
      if (!pem.find()) {
        throw none(where);
      }
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(2));
      byte[] pkcs8 = pem.group(1) == null ? bytes : part(SEQUENCE, RSA, part(OCTETS, bytes));
      return new AppKey(
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (SyncException.Unavailable | SyncException.Invalid e) {
      throw new SyncException.Denied(
          "the GitHub App's key can't be read from " + where + ": is it there, and readable?", e);
    } catch (GeneralSecurityException _) {
      throw none(where); // without the cause: it may quote the key
    }
  }

  /** A proof that its bearer has the app's key, good for a few minutes (RFC 7519, RS256). */
  String proof(String app, Instant now) {
    String head = JsonMapper.shared().createObjectNode().put("alg", "RS256").put("typ", "JWT") + "";
    String claims =
        JsonMapper.shared()
            .createObjectNode()
            .put("iat", now.minus(BEFORE).getEpochSecond())
            .put("exp", now.plus(AFTER).getEpochSecond())
            .put("iss", app)
            .toString();
    String signed =
        text(head.getBytes(StandardCharsets.UTF_8))
            + "."
            + text(claims.getBytes(StandardCharsets.UTF_8));
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + text(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new SyncException.Denied("the GitHub App's key can't sign: make a new one", e);
    }
  }

  private static SyncException.Denied none(String where) {
    return new SyncException.Denied(
        where
            + " holds no private key of a GitHub App: make one in the app's settings, and keep the "
            + "file as it comes (BEGIN RSA PRIVATE KEY)");
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** An element of DER (X.690). */
  private static byte[] part(int tag, byte[]... contents) {
    var inner = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      inner.writeBytes(content);
    }
    var whole = new ByteArrayOutputStream();
    whole.write(tag);
    int length = inner.size();
    if (length < 0x80) {
      whole.write(length);
    } else if (length <= 0xFFFF) {
      whole.write(0x82);
      whole.write(length >> 8);
      whole.write(length);
    } else {
      throw new IllegalArgumentException("no key has " + length + " bytes");
    }
    whole.writeBytes(inner.toByteArray());
    return whole.toByteArray();
  }
}

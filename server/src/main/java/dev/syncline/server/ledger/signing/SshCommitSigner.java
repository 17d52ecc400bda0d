package dev.syncline.server.ledger.signing;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.CommitSigner;
import dev.syncline.server.ledger.remote.SshPrivateKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Signs with an SSH key, in the form of OpenSSH's PROTOCOL.sshsig for the namespace {@code git}.
 * JGit's own signer would read and decrypt the key's file anew for each commit; here that is done
 * once, when the first commit is made. Thread-safe.
 */
public final class SshCommitSigner implements CommitSigner {

  private static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final String NAMESPACE = "git";
  private static final String HASH = "sha512";
  private static final int LINE = 70;

  private final KeyFile file;
  private Optional<KeyPair> loaded = Optional.empty();

  public SshCommitSigner(KeyFile file) {
    this.file = file;
  }

  @Override
  public String sign(byte[] commit) {
    KeyPair pair = key();
    try {
      byte[] hash = MessageDigest.getInstance("SHA-512").digest(commit);
      var signed = new ByteArrayBuffer();
      signed.putRawBytes(MAGIC);
      signed.putString(NAMESPACE);
      signed.putUInt(0); // reserved
      signed.putString(HASH);
      signed.putBytes(hash);

      String algorithm = algorithm(pair);
      Signature signer = BuiltinSignatures.fromFactoryName(algorithm).create();
      signer.initSigner(null, pair.getPrivate());
      signer.update(null, signed.getCompactData());
      var raw = new ByteArrayBuffer();
      raw.putString(algorithm);
      raw.putBytes(signer.sign(null));

      var blob = new ByteArrayBuffer();
      blob.putRawBytes(MAGIC);
      blob.putUInt(VERSION);
      blob.putPublicKey(pair.getPublic());
      blob.putString(NAMESPACE);
      blob.putUInt(0); // reserved
      blob.putString(HASH);
      blob.putBytes(raw.getCompactData());
      return armoured(blob.getCompactData());
    } catch (Exception e) {
      throw new SyncException.Denied(file.path() + " can't sign: give another key", e);
    }
  }

  private synchronized KeyPair key() {
    if (loaded.isEmpty()) {
      loaded =
          Optional.of(
              SshPrivateKeys.read("the file " + file.path(), file.text(), file.passphrase())
                  .getFirst());
    }
    return loaded.get();
  }

  /** RSA keys sign in several ways; nobody accepts the one with the key's name any more. */
  private static String algorithm(KeyPair pair) {
    String type = KeyUtils.getKeyType(pair);
    return type.equals(KeyPairProvider.SSH_RSA) ? KeyUtils.RSA_SHA512_KEY_TYPE_ALIAS : type;
  }

  private static String armoured(byte[] blob) {
    var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    return "-----BEGIN SSH SIGNATURE-----\n"
        + lines.encodeToString(blob)
        + "\n-----END SSH SIGNATURE-----\n";
  }
}

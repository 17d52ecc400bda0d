package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Reads private keys in OpenSSH's or PEM format. */
public final class SshPrivateKeys {

  private SshPrivateKeys() {}

  /**
   * The keys of a file, at least one.
   *
   * @param from where the text comes from, for messages
   * @param passphrase empty if the keys are not encrypted
   * @throws SyncException.Denied if there is none, or the passphrase is another
   */
  public static List<KeyPair> read(String from, String text, Optional<String> passphrase) {
    SshEd25519.register();
    try {
      var pairs = new ArrayList<KeyPair>();
      var loaded =
          SecurityUtils.loadKeyPairIdentities(
              null,
              NamedResource.ofName(from),
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
              passphrase.map(FilePasswordProvider::of).orElse(FilePasswordProvider.EMPTY));
      if (loaded != null) {
        loaded.forEach(pairs::add);
      }
      if (pairs.isEmpty()) {
        throw new SyncException.Denied(from + " holds no private ssh key");
      }
      return pairs;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      if (e instanceof SyncException known) {
        throw known;
      }
      // Without the cause: nobody can promise what of the key is in its text.
      throw new SyncException.Denied(
          "the key in "
              + from
              + " can't be read: it has to be an Ed25519, ECDSA or RSA key"
              + (passphrase.isPresent() ? ", and the passphrase its own" : " without passphrase"));
    }
  }
}

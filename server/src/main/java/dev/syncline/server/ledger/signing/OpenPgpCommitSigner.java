package dev.syncline.server.ledger.signing;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.CommitSigner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/**
 * Signs with an OpenPGP key (RFC 4880), the newest of its parts that may sign. The key's file is
 * read when the first commit is made. Thread-safe.
 */
public final class OpenPgpCommitSigner implements CommitSigner {

  private final KeyFile file;
  private Optional<Key> loaded = Optional.empty();

  private record Key(PGPPublicKey open, PGPPrivateKey secret) {}

  public OpenPgpCommitSigner(KeyFile file) {
    this.file = file;
  }

  @Override
  public String sign(byte[] commit) {
    Key key = key();
    try {
      var generator =
          new PGPSignatureGenerator(
              new BcPGPContentSignerBuilder(key.open().getAlgorithm(), HashAlgorithmTags.SHA512),
              key.open());
      generator.init(PGPSignature.BINARY_DOCUMENT, key.secret());
      var issuer = new PGPSignatureSubpacketGenerator();
      issuer.setIssuerFingerprint(false, key.open());
      generator.setHashedSubpackets(issuer.generate());
      generator.update(commit);
      var text = new ByteArrayOutputStream();
      try (var armour = ArmoredOutputStream.builder().clearHeaders().build(text)) {
        generator.generate().encode(armour);
      }
      return text.toString(StandardCharsets.US_ASCII);
    } catch (PGPException | IOException e) {
      throw new SyncException.Denied("the key in " + file.path() + " can't sign: give another", e);
    }
  }

  private synchronized Key key() {
    if (loaded.isEmpty()) {
      loaded = Optional.of(read());
    }
    return loaded.get();
  }

  private Key read() {
    PGPSecretKey found = newest(ring(file.text()));
    // gpg names the key itself when a key has no passphrase, and takes an empty one for it.
    char[] passphrase = file.passphrase().orElse("").toCharArray();
    try {
      var decryptor =
          new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase);
      return new Key(found.getPublicKey(), found.extractPrivateKey(decryptor));
    } catch (PGPException e) {
      // Without the cause: nobody can promise what of the key is in its text.
      throw new SyncException.Denied(
          "commits can't be signed: the key in "
              + file.path()
              + (file.passphrase().isPresent()
                  ? " has another passphrase than the one in passphrase-file"
                  : " has a passphrase: give a passphrase-file"));
    }
  }

  private PGPSecretKeyRing ring(String text) {
    try (var in =
        PGPUtil.getDecoderStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      return new PGPSecretKeyRing(in, new BcKeyFingerprintCalculator());
    } catch (IOException | PGPException | RuntimeException e) {
      throw new SyncException.Denied(
          "commits can't be signed: "
              + file.path()
              + " holds no private OpenPGP key: write it with gpg --armor --export-secret-keys");
    }
  }

  private PGPSecretKey newest(PGPSecretKeyRing ring) {
    Optional<PGPSecretKey> newest = Optional.empty();
    for (PGPSecretKey key : ring) {
      if (maySign(key) && (newest.isEmpty() || made(key).isAfter(made(newest.get())))) {
        newest = Optional.of(key);
      }
    }
    return newest.orElseThrow(() ->
        new SyncException.Denied(
            "commits can't be signed: the key in " + file.path() + " is not one that signs"));
  }

  private static Instant made(PGPSecretKey key) {
    return key.getPublicKey().getCreationTime().toInstant();
  }

  /** By what its newest own signature says it is for; an export may leave stubs of keys, too. */
  private static boolean maySign(PGPSecretKey key) {
    if (key.isPrivateKeyEmpty() || !key.isSigningKey() || key.getPublicKey().hasRevocation()) {
      return false;
    }
    var signatures = key.getPublicKey().getKeySignatures();
    var all = key.isMasterKey() ? key.getPublicKey().getSignatures() : signatures;
    while (all.hasNext()) {
      var said = all.next().getHashedSubPackets();
      if (said != null && said.getKeyFlags() != 0) {
        return (said.getKeyFlags() & KeyFlags.SIGN_DATA) != 0;
      }
    }
    return true;
  }
}

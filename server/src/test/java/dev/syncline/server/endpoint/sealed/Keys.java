package dev.syncline.server.endpoint.sealed;

import dev.syncline.core.model.Glob;
import dev.syncline.server.config.EncryptionSettings;
import dev.syncline.server.config.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Two people, each with a key that {@code age-keygen} made. */
public enum Keys {
  ADA(
      "age12fqv6wgm5f3g82e0zkph4e426rctzey3jnlxmu0h3py675qme9hsmuephg",
      "AGE-SECRET-KEY-1DXP4PDD4CTE50QLZ67GWA4HUVRRT2LPHM6HVEUQ3UN5VN82SX9GS6JZCC3"),
  BOB(
      "age1qzzqh5wjm3wdpzhfs628h8sz34hfnssum5v3h8k78ktvrxgpms5swr8kgp",
      "AGE-SECRET-KEY-1TE70HEXUUUEVYJJFN6GUE92V4T0LH907VAFMH0NJ20LDUCTHSN4SKVPTD4");

  public final String recipient;
  public final String identity;

  Keys(String recipient, String identity) {
    this.recipient = recipient;
    this.identity = identity;
  }

  /** Seals for some and opens with this one's identity. */
  AgeKeys sealingFor(Keys... some) {
    return keys(Optional.of(Secret.literal("# created: today\n" + identity + "\n")), some);
  }

  static AgeKeys keys(Optional<Secret> identities, Keys... recipients) {
    return new AgeKeys(
        new EncryptionSettings(
            List.of(Glob.of("**")),
            List.of(recipients).stream().map(key -> key.recipient).toList(),
            identities));
  }

  /** What this one can open, and seals for itself only. */
  Vault vault(Path folder) {
    return new Vault(
        sealingFor(this), path -> path.value().startsWith("secrets/"), folder.resolve(name()));
  }

  public byte[] seal(String text) {
    return seal(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] seal(byte[] clear) {
    var sealed = new ByteArrayOutputStream();
    try (OutputStream out = sealingFor(this).sealing(sealed)) {
      out.write(clear);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sealed.toByteArray();
  }

  public byte[] open(byte[] sealed) throws IOException {
    try (var in = sealingFor(this).opening(new ByteArrayInputStream(sealed))) {
      return in.readAllBytes();
    }
  }
}

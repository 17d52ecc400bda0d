package dev.syncline.server.config;

import dev.syncline.core.model.Author;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the commits of a workspace are signed.
 *
 * @param form of the key
 * @param key file of the private key
 * @param passphrase of the key, if it has one
 * @param committer whom commits name as committer; hosts compare it with the key's owner
 */
public record SigningSettings(
    Form form, Path key, Optional<Secret> passphrase, Optional<Author> committer) {

  /** What kind of key it is. */
  public enum Form {
    /** In OpenSSH's or PEM format. */
    SSH,
    /** As {@code gpg --armor --export-secret-keys} prints it. */
    OPENPGP
  }
}

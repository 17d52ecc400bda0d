package dev.syncline.server.ledger.signing;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A private key in a file.
 *
 * @param secret its passphrase, if it has one; asked for when it is used
 */
public record KeyFile(Path path, Optional<Supplier<String>> secret) {

  /**
   * The file as it is now.
   *
   * @throws SyncException.Denied if it can't be read
   */
  String text() {
    try {
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new SyncException.Denied(
          "commits can't be signed: there is no file " + path + " with the key", e);
    } catch (IOException e) {
      throw new SyncException.Denied(
          "commits can't be signed: the file "
              + path
              + " with the key can't be read: it has to be text that this user may read",
          e);
    }
  }

  Optional<String> passphrase() {
    return secret.map(Supplier::get);
  }
}

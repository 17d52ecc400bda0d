package dev.syncline.server.config;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Glob;
import java.util.List;
import java.util.Optional;

/**
 * Which files of a workspace are age files everywhere but in folders.
 *
 * @param paths patterns of their paths in the ledger
 * @param recipients who can read them: {@code age1…}; at least one
 * @param identities the file that {@code age-keygen} writes; empty if nothing can be opened here
 */
public record EncryptionSettings(
    List<Glob> paths, List<String> recipients, Optional<Secret> identities) {

  public EncryptionSettings {
    paths = List.copyOf(paths);
    recipients = List.copyOf(recipients);
  }

  /** Whether a file of the ledger is encrypted. */
  public boolean concerns(FilePath inLedger) {
    return paths.stream().anyMatch(glob -> glob.matches(inLedger));
  }
}

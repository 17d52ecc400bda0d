package dev.syncline.testkit.workspace;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Version;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a person can find in a ledger: what a version in its history holds, or a conflict shows. */
final class EverHeld {

  private final Ledger ledger;
  private final Disguise disguise;
  private final Set<CommitId> read = new HashSet<>();
  private final Set<FileVersion> versions = new HashSet<>();

  EverHeld(Ledger ledger, Disguise disguise) {
    this.ledger = ledger;
    this.disguise = disguise;
  }

  void shown(Conflict conflict) {
    conflict.sides().ours().ifPresent(versions::add);
    conflict.sides().theirs().ifPresent(versions::add);
  }

  boolean has(FileVersion version) {
    if (!versions.contains(version)) {
      readOn();
    }
    return versions.contains(version);
  }

  private void readOn() {
    for (Version each : ledger.history(Optional.empty(), Optional.empty(), Integer.MAX_VALUE)) {
      if (read.add(each.id())) {
        ledger
            .at(each.id())
            .forEach((path, version) -> versions.add(disguise.plain(path, version)));
      }
    }
  }
}

package dev.syncline.server.endpoint.sealed;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Contents;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A snapshot whose age files are named by what is in them; those that can't be opened keep their
 * names.
 */
record ClearSnapshot(Snapshot sealed, Vault vault, Contents ledger) implements Snapshot {

  @Override
  public Optional<FileVersion> at(FilePath path) {
    return sealed.at(path).map(version -> clear(path, version));
  }

  @Override
  public boolean isFolder(FilePath path) {
    return sealed.isFolder(path);
  }

  @Override
  public Changes since(Snapshot older) {
    if (!(older instanceof ClearSnapshot that)) {
      throw new IllegalArgumentException("a clear snapshot can't be compared with a sealed one");
    }
    var changes = new TreeMap<FilePath, FileChange>();
    // One that changed only how it is sealed has not changed.
    sealed
        .since(that.sealed)
        .byPath()
        .forEach((path, change) ->
            FileChange.between(
                    change.before().map(version -> clear(path, version)),
                    change.after().map(version -> clear(path, version)))
                .ifPresent(it -> changes.put(path, it)));
    return new Changes(changes);
  }

  @Override
  public void forEach(BiConsumer<FilePath, FileVersion> visitor) {
    sealed.forEach((path, version) -> visitor.accept(path, clear(path, version)));
  }

  private FileVersion clear(FilePath path, FileVersion version) {
    return vault.guards(path, version)
        ? vault
            .clear(version.content(), ledger)
            .map(clear -> version.withContent(clear.id()))
            .orElse(version)
        : version;
  }
}

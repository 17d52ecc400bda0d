package dev.syncline.core.model;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A ledger's snapshot as an endpoint would have it. */
record MappedSnapshot(PathMapping mapping, Snapshot ledger) implements Snapshot {

  @Override
  public Optional<FileVersion> at(FilePath path) {
    return mapping.toLedger(path).flatMap(ledger::at);
  }

  @Override
  public boolean isFolder(FilePath path) {
    return ledger.isFolder(mapping.placeInLedger(path));
  }

  @Override
  public Changes since(Snapshot older) {
    if (!(older instanceof MappedSnapshot other) || !other.mapping.equals(mapping)) {
      throw new IllegalArgumentException("snapshots of different mappings can't be compared");
    }
    return mapping.toEndpoint(ledger.since(other.ledger));
  }

  /** What lies in the same folder of the ledger, and what is renamed into this one. */
  @Override
  public SortedMap<FilePath, FileVersion> filesIn(Optional<FilePath> folder) {
    var files = new TreeMap<FilePath, FileVersion>();
    ledger
        .filesIn(folder.map(mapping::placeInLedger).or(mapping::prefix))
        .forEach((path, version) ->
            mapping
                .toEndpoint(path)
                .filter(there -> there.parent().equals(folder))
                .ifPresent(there -> files.put(there, version)));
    mapping.renamed().stream()
        .map(PathMapping.Renamed::atEndpoint)
        .filter(path -> path.parent().equals(folder))
        .forEach(path -> at(path).ifPresent(version -> files.put(path, version)));
    return files;
  }

  @Override
  public void forEach(BiConsumer<FilePath, FileVersion> visitor) {
    var inOrder = new TreeMap<FilePath, FileVersion>();
    ledger.forEach((path, version) ->
        mapping.toEndpoint(path).ifPresent(there -> inOrder.put(there, version)));
    inOrder.forEach(visitor);
  }
}

package dev.syncline.core.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
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
  public Listing list(Optional<FilePath> folder) {
    Listing inLedger = ledger.list(folder.map(mapping::placeInLedger).or(mapping::prefix));
    var files = new HashMap<FilePath, FileVersion>();
    inLedger
        .files()
        .forEach((path, version) ->
            mapping
                .toEndpoint(path)
                .filter(there -> there.parent().equals(folder))
                .ifPresent(there -> files.put(there, version)));
    var folders = new HashSet<FilePath>();
    for (FilePath place : inLedger.folders()) {
      FilePath there = place(folder, place.name());
      if (mapping.placeInLedger(there).equals(place)) {
        folders.add(there);
      }
    }
    for (PathMapping.Renamed rule : mapping.renamed()) {
      FilePath there = rule.atEndpoint();
      if (there.parent().equals(folder)) {
        at(there).ifPresent(version -> files.put(there, version));
        if (isFolder(there)) {
          folders.add(there);
        }
      }
    }
    return new Listing(files, folders);
  }

  private static FilePath place(Optional<FilePath> folder, String name) {
    return new FilePath(folder.map(at -> at + "/" + name).orElse(name));
  }

  @Override
  public void forEach(BiConsumer<FilePath, FileVersion> visitor) {
    var inOrder = new TreeMap<FilePath, FileVersion>();
    ledger.forEach((path, version) ->
        mapping.toEndpoint(path).ifPresent(there -> inOrder.put(there, version)));
    inOrder.forEach(visitor);
  }
}

package dev.syncline.core.model;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * All files of one side at one moment. Immutable. A ledger's snapshots are Git trees, read as far
 * as somebody asks, so that comparing two costs what differs between them.
 */
public interface Snapshot {

  /** What a path holds; empty if there is no file. */
  Optional<FileVersion> at(FilePath path);

  /** Whether files lie below a path. */
  boolean isFolder(FilePath path);

  /** What changed since an older snapshot of the same ledger. */
  Changes since(Snapshot older);

  /** Shows every file, in the order of paths. */
  void forEach(BiConsumer<FilePath, FileVersion> visitor);
}

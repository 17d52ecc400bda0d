package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Lookup;
import dev.syncline.core.model.Snapshot;
import java.util.Optional;

/** A base that many threads may ask, one at a time: a snapshot need not be made for more. */
final class KnownBase {

  private final Lookup files;

  KnownBase(Snapshot files) {
    this.files = new Lookup(files);
  }

  synchronized Optional<FileVersion> at(FilePath path) {
    return files.at(path);
  }
}

package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A base that many threads may ask, one at a time: a snapshot need not be made for more. Where many
 * files of one folder are asked for, the folder is read once, and not for each of them.
 */
final class KnownBase {

  private static final int ASKED_TO_READ = 8;
  private static final int MOST_FOLDERS = 8;

  private final Snapshot files;

  /** Folders that were asked of lately. */
  private final Map<Optional<FilePath>, Asked> folders =
      new LinkedHashMap<>(MOST_FOLDERS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Optional<FilePath>, Asked> eldest) {
          return size() > MOST_FOLDERS;
        }
      };

  /** How often a folder was asked of, and what is in it if that was often. */
  private static final class Asked {
    private int times;
    private Optional<Map<FilePath, FileVersion>> files = Optional.empty();
  }

  KnownBase(Snapshot files) {
    this.files = files;
  }

  synchronized Optional<FileVersion> at(FilePath path) {
    Asked asked = folders.computeIfAbsent(path.parent(), _ -> new Asked());
    if (++asked.times == ASKED_TO_READ) {
      asked.files = Optional.of(files.filesIn(path.parent()));
    }
    return asked.files.isPresent()
        ? Optional.ofNullable(asked.files.get().get(path))
        : files.at(path);
  }
}

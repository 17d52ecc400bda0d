package dev.syncline.core.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers what a snapshot holds at single paths. Where many paths of one folder are asked for, the
 * folder is read once, and not for each of them. One thread at a time.
 */
public final class Lookup {

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
    private Optional<Snapshot.Listing> listing = Optional.empty();
  }

  public Lookup(Snapshot files) {
    this.files = files;
  }

  /** What a path holds; empty if there is no file. */
  public Optional<FileVersion> at(FilePath path) {
    Optional<Snapshot.Listing> listing = listing(path);
    return listing.isPresent()
        ? Optional.ofNullable(listing.get().files().get(path))
        : files.at(path);
  }

  /** Whether files lie below a path. */
  public boolean isFolder(FilePath path) {
    Optional<Snapshot.Listing> listing = listing(path);
    return listing.isPresent() ? listing.get().folders().contains(path) : files.isFolder(path);
  }

  private Optional<Snapshot.Listing> listing(FilePath path) {
    Asked asked = folders.computeIfAbsent(path.parent(), _ -> new Asked());
    if (++asked.times == ASKED_TO_READ) {
      asked.listing = Optional.of(files.list(path.parent()));
    }
    return asked.listing;
  }
}

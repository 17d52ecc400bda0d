package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FileVersion;
import java.util.Optional;

/**
 * What is known of a file: how it looked, and what was in it then.
 *
 * @param stat how it looked
 * @param version what it held; empty if it was not read yet
 * @param freshness whether looking the same means holding the same
 * @param agreed whether the base holds this version too
 */
record IndexEntry(
    FileStat stat, Optional<FileVersion> version, Freshness freshness, boolean agreed) {

  private static final ContentId NOTHING = new ContentId(0, 0, 0);

  /** Whether a file that looks as it did holds what it held. */
  enum Freshness {
    /** Whoever writes to it makes it look different. */
    SETTLED,
    /** It was written so short before it was read that a later write may have the same time. */
    RACY
  }

  static IndexEntry unread(FileStat stat) {
    return new IndexEntry(stat, Optional.empty(), Freshness.RACY, false);
  }

  FileMode mode() {
    return version.map(FileVersion::mode).orElse(FileMode.REGULAR);
  }

  ContentId contentOrNothing() {
    return version.map(FileVersion::content).orElse(NOTHING);
  }

  IndexEntry withAgreed(boolean now) {
    return new IndexEntry(stat, version, freshness, now);
  }
}

package dev.syncline.core.model;

import java.util.Optional;

/** What happened to one path between two snapshots. */
public sealed interface FileChange {

  /** What was there before; empty if there was nothing. */
  Optional<FileVersion> before();

  /** What is there now; empty if there is nothing. */
  Optional<FileVersion> after();

  record Added(FileVersion version) implements FileChange {
    @Override
    public Optional<FileVersion> before() {
      return Optional.empty();
    }

    @Override
    public Optional<FileVersion> after() {
      return Optional.of(version);
    }
  }

  record Modified(FileVersion from, FileVersion to) implements FileChange {
    public Modified {
      if (from.equals(to)) {
        throw new IllegalArgumentException("nothing is modified between " + from + " and itself");
      }
    }

    @Override
    public Optional<FileVersion> before() {
      return Optional.of(from);
    }

    @Override
    public Optional<FileVersion> after() {
      return Optional.of(to);
    }
  }

  record Removed(FileVersion version) implements FileChange {
    @Override
    public Optional<FileVersion> before() {
      return Optional.of(version);
    }

    @Override
    public Optional<FileVersion> after() {
      return Optional.empty();
    }
  }

  /** The change that undoes this one. */
  default FileChange reversed() {
    return switch (this) {
      case Added(FileVersion version) -> new Removed(version);
      case Modified(FileVersion from, FileVersion to) -> new Modified(to, from);
      case Removed(FileVersion version) -> new Added(version);
    };
  }

  /** The change that leads from one to the other; empty if they are the same. */
  static Optional<FileChange> between(Optional<FileVersion> before, Optional<FileVersion> after) {
    if (before.equals(after)) {
      return Optional.empty();
    }
    if (before.isEmpty()) {
      return after.map(Added::new);
    }
    return Optional.of(
        after.isEmpty() ? new Removed(before.get()) : new Modified(before.get(), after.get()));
  }
}

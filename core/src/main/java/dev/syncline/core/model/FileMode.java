package dev.syncline.core.model;

/** What kind of file a path holds, as far as Git tells kinds apart. */
public enum FileMode {
  /** A file. */
  REGULAR,
  /** A file that may be run. */
  EXECUTABLE,
  /** A symbolic link: its contents are where it points. */
  SYMLINK,
  /** A commit of another repository (a submodule). Only Git repositories can hold it. */
  GITLINK;

  /** Whether its contents are a file's, so that they can be merged. */
  public boolean isFile() {
    return this == REGULAR || this == EXECUTABLE;
  }
}

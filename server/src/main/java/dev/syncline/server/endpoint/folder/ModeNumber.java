package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FileMode;

/** Modes as our files hold them. A number keeps its meaning for ever. */
final class ModeNumber {

  private ModeNumber() {}

  static int of(FileMode mode) {
    return switch (mode) {
      case REGULAR -> 0;
      case EXECUTABLE -> 1;
      case SYMLINK -> 2;
      case GITLINK -> 3;
    };
  }

  /** Of a number from 0 to 3. */
  static FileMode mode(int number) {
    return switch (number) {
      case 0 -> FileMode.REGULAR;
      case 1 -> FileMode.EXECUTABLE;
      case 2 -> FileMode.SYMLINK;
      default -> FileMode.GITLINK;
    };
  }
}

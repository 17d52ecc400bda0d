package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** A call of the system that did not do what was asked. */
final class NativeRefusal extends FileSystemException {

  /** What it was answered with instead of success. */
  enum Refusal {
    MISSING,
    OCCUPIED,
    /** What should be a folder is a file or a symbolic link. */
    NO_FOLDER,
    OTHER_DISK,
    /** This file system or system doesn't know the call. */
    UNKNOWN_CALL,
    OTHER
  }

  private static final long serialVersionUID = 1L;

  private final int errno;

  NativeRefusal(String file, int errno, String what) {
    super(file, null, "can't " + what + ", " + meaning(errno));
    this.errno = errno;
  }

  Refusal refusal() {
    return switch (errno) {
      case 2 -> Refusal.MISSING;
      case 17, 39 -> Refusal.OCCUPIED;
      case 20, 40 -> Refusal.NO_FOLDER;
      case 18 -> Refusal.OTHER_DISK;
      case 22, 38, 95 -> Refusal.UNKNOWN_CALL;
      default -> Refusal.OTHER;
    };
  }

  /** The exception that Java has for it. */
  IOException translated() {
    return switch (refusal()) {
      case MISSING -> new NoSuchFileException(getFile());
      case OCCUPIED -> new FileAlreadyExistsException(getFile());
      case NO_FOLDER -> new NotDirectoryException(getFile());
      case OTHER_DISK -> new OtherDiskException(getFile());
      case UNKNOWN_CALL, OTHER -> this;
    };
  }

  boolean isDenied() {
    return errno == 1 || errno == 13;
  }

  private static String meaning(int errno) {
    return switch (errno) {
      case 1, 13 -> "permission denied";
      case 2 -> "no such file";
      case 17, 39 -> "something is there";
      case 18 -> "it is on another disk";
      case 20, 40 -> "a file or symbolic link is where a folder should be";
      case 28 -> "no space left on device";
      case 30 -> "the file system is read-only";
      case 36 -> "the name is too long";
      case 122 -> "disk quota exceeded";
      default -> "error " + errno;
    };
  }
}

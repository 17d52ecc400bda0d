package dev.syncline.server.endpoint.folder;

import java.nio.file.FileSystemException;

/** A call of the system that did not do what was asked. */
final class NativeRefusal extends FileSystemException {

  private static final long serialVersionUID = 1L;

  private final int errno;
  private final NativeFiles.Refusal refusal;

  NativeRefusal(String file, int errno, String what, NativeFiles.Refusal refusal) {
    super(file, null, "can't " + what + ", " + meaning(errno));
    this.errno = errno;
    this.refusal = refusal;
  }

  NativeFiles.Refusal refusal() {
    return refusal;
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

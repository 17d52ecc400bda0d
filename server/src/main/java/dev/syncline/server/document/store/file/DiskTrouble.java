package dev.syncline.server.document.store.file;

import dev.syncline.core.model.SyncException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Says what a person has to do when the operating system refuses a file. */
final class DiskTrouble {

  private DiskTrouble() {}

  /** For an attempt to write under a directory. */
  static SyncException.Unavailable writing(Path directory, Throwable cause) {
    return new SyncException.Unavailable(advice(directory, cause), cause);
  }

  /** For an attempt to read a file. */
  static SyncException.Unavailable reading(Path file, Throwable cause) {
    return new SyncException.Unavailable(
        "can't read " + file + " (" + reason(cause) + "): check the disk and its permissions",
        cause);
  }

  private static String advice(Path directory, Throwable cause) {
    String reason = reason(cause).toLowerCase(Locale.ROOT);
    if (reason.contains("no space") || reason.contains("quota") || reason.contains("not enough")) {
      return "the disk under "
          + directory
          + " is full: free space; nothing that was acknowledged is lost";
    }
    if (cause instanceof AccessDeniedException || reason.contains("read-only")) {
      return "can't write under "
          + directory
          + " ("
          + reason(cause)
          + "): let this user write there; nothing that was acknowledged is lost";
    }
    return "can't write under "
        + directory
        + " ("
        + reason(cause)
        + (cause instanceof OutOfMemoryError
            ? "): give the server more memory, or let it have more threads"
            : "): check the disk")
        + "; nothing that was acknowledged is lost";
  }

  private static String reason(Throwable cause) {
    if (cause instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + " is missing";
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}

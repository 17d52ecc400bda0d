package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Says what a person has to do when the operating system refuses a file. */
final class FolderTrouble {

  private FolderTrouble() {}

  static SyncException.Unavailable with(Path root, IOException cause) {
    String reason = reason(cause);
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("no space") || lower.contains("quota") || lower.contains("not enough")) {
      return new SyncException.Unavailable(
          "the disk of " + root + " is full: free space; nothing is lost or half written", cause);
    }
    if (isDenied(cause) || lower.contains("read-only")) {
      return new SyncException.Unavailable(
          "can't use " + root + " (" + reason + "): let this user read and write there", cause);
    }
    return new SyncException.Unavailable(
        "can't use " + root + " (" + reason + "): check the disk", cause);
  }

  static boolean isDenied(IOException cause) {
    return cause instanceof AccessDeniedException
        || (cause instanceof NativeRefusal refusal && refusal.isDenied());
  }

  private static String reason(IOException cause) {
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

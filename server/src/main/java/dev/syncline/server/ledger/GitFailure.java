package dev.syncline.server.ledger;

import dev.syncline.core.model.SyncException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.PackMismatchException;

/** Tells damage from trouble with the disk, and says what a person has to do. */
final class GitFailure {

  private GitFailure() {}

  /** For an attempt to read from a repository. */
  static SyncException reading(Path repository, String what, IOException cause) {
    if (isDamage(cause) && isReadable(repository)) {
      return damaged(repository, what + " is missing or damaged (" + reason(cause) + ")", cause);
    }
    return new SyncException.Unavailable(
        "can't read "
            + what
            + " in the ledger "
            + repository
            + " ("
            + reason(cause)
            + "): check the disk and its permissions",
        cause);
  }

  /** For an attempt to write to it. */
  static SyncException.Unavailable writing(Path repository, IOException cause) {
    String reason = reason(cause);
    String plain = reason.toLowerCase(Locale.ROOT);
    if (plain.contains("no space") || plain.contains("quota") || plain.contains("not enough")) {
      return new SyncException.Unavailable(
          "the disk under the ledger "
              + repository
              + " is full: free space; nothing that was recorded is lost",
          cause);
    }
    boolean forbidden = cause instanceof AccessDeniedException || plain.contains("read-only");
    return new SyncException.Unavailable(
        "can't write to the ledger "
            + repository
            + " ("
            + reason
            + (forbidden ? "): let this user write there" : "): check the disk")
            + "; nothing that was recorded is lost",
        cause);
  }

  /** For what can't be as it is. */
  static SyncException.Corrupt damaged(Path repository, String what, IOException cause) {
    return new SyncException.Corrupt(advice(repository, what), cause);
  }

  /** For what can't be as it is. */
  static SyncException.Corrupt damaged(Path repository, String what) {
    return new SyncException.Corrupt(advice(repository, what));
  }

  private static String advice(Path repository, String what) {
    return "the ledger "
        + repository
        + " is damaged: "
        + what
        + ". Keep a copy of the folder, look with \"git fsck\", and restore it from a backup";
  }

  private static boolean isDamage(IOException cause) {
    return cause instanceof MissingObjectException
        || cause instanceof IncorrectObjectTypeException
        || cause instanceof CorruptObjectException
        || cause instanceof PackInvalidException
        || cause instanceof PackMismatchException
        || cause instanceof EOFException;
  }

  /** JGit takes a pack that it can't open, for want of file handles say, for a missing object. */
  private static boolean isReadable(Path repository) {
    try {
      return Files.readAllBytes(repository.resolve("HEAD")).length > 0;
    } catch (NoSuchFileException _) {
      return true;
    } catch (IOException _) {
      return false;
    }
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

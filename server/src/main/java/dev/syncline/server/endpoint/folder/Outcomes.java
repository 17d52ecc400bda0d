package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Applied.Result;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a delivery ended for each path, and the first failure that is the disk's and not a path's.
 */
final class Outcomes {

  /** What is tried for one path. */
  @FunctionalInterface
  interface Attempt {
    void run() throws IOException;
  }

  private final StepCheck check;
  private final Map<FilePath, Result> results = new HashMap<>();
  private Optional<IOException> failure = Optional.empty();

  Outcomes(StepCheck check) {
    this.check = check;
  }

  void put(FilePath path, Result result) {
    results.put(path, result);
  }

  boolean isDone(FilePath path) {
    return results.get(path) instanceof Result.Done;
  }

  /** Turns what an exception means into the path's result; a failure is kept for the end. */
  void attempt(FilePath path, Attempt attempt) {
    try {
      attempt.run();
    } catch (CannotHoldException e) {
      put(path, new Result.Refused(e.reason()));
    } catch (OtherDiskException _) {
      put(
          path,
          new Result.Refused(
              "another disk is mounted in the folder there: make it a folder of its own link"));
    } catch (NoSuchFileException _) {
      put(path, new Result.Moved());
    } catch (NotDirectoryException _) {
      put(path, check.inTheWay(path));
    } catch (InvalidPathException e) {
      put(path, new Result.Refused("this system can't hold the name: " + e.getReason()));
    } catch (IOException e) {
      if (FolderTrouble.isDenied(e)) {
        put(path, new Result.Refused("no permission: let this user write there"));
      } else if (failure.isEmpty()) {
        failure = Optional.of(e);
      }
    }
  }

  /**
   * All of them.
   *
   * @throws IOException the failure, if there was one
   */
  Applied applied() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
    return new Applied(results, Optional.empty());
  }
}

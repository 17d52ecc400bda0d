package dev.syncline.testkit.workspace;

import dev.syncline.core.model.FileMode;
import dev.syncline.core.port.Endpoint;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A place at which one of two people works, for {@link ConflictMatrix}. */
public interface MatrixPlace {

  /**
   * A file, or a symbolic link.
   *
   * @param text what is in it, or where the link points
   * @param mode what kind of file it is
   */
  record File(String text, FileMode mode) {}

  /** How Syncline sees this place. */
  Endpoint endpoint();

  /** Somebody writes files, and deletes those that are empty here first, all in one go. */
  void change(Map<String, Optional<File>> changes);

  /** All files that are there now, by their paths. */
  SortedMap<String, File> files();
}

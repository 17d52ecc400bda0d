package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FileVersion;
import java.util.Optional;

/**
 * What is about to happen to a path, written down before it does.
 *
 * @param number names the files in the working directory
 * @param where the path in the folder
 * @param before what is there
 * @param after what is to be there
 */
record Intent(int number, String where, Optional<FileVersion> before, Optional<FileVersion> after) {

  /** Where the new file waits, and where the old one is after the two have changed places. */
  String fresh() {
    return "new-" + number;
  }

  /** Where the old file is after it was taken away. */
  String taken() {
    return "old-" + number;
  }
}

package dev.syncline.server.ledger.remote;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the names in a folder survive a power cut; what is in the files is synced before. */
final class DurableNames {

  private DurableNames() {}

  static void sync(Path folder) throws IOException {
    if (folder.getFileSystem().getSeparator().equals("\\")) {
      // Windows can't open folders, and doesn't need to.
      return;
    }
    try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}

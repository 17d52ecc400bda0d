package dev.syncline.server.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library, unpacked once into the data directory. By itself the driver unpacks it
 * at every start into the temporary folder: that takes 45 ms more, leaves 1 MB behind after each
 * kill -9, and needs a temporary folder that may be written to and run from.
 */
final class SqliteLibrary {

  private static final String PATH_SETTING = "org.sqlite.lib.path";
  private static final String NAME_SETTING = "org.sqlite.lib.name";

  private SqliteLibrary() {}

  /** Does nothing if it can't be done, or is not wanted: then the driver goes its own way. */
  static void unpackTo(Path dataDirectory) {
    if (System.getProperty(PATH_SETTING) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    String folder = LibraryLoaderUtil.getNativeLibResourcePath();
    Path unpacked =
        dataDirectory.resolve("native").resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
    Path library = unpacked.resolve(name).toAbsolutePath();
    try {
      if (!Files.exists(library) && !unpack(folder + "/" + name, library)) {
        return;
      }
    } catch (IOException e) {
      // Full disk, for one: opening the database is what has to say so.
      return;
    }
    System.setProperty(PATH_SETTING, unpacked.toAbsolutePath().toString());
    System.setProperty(NAME_SETTING, name);
  }

  private static boolean unpack(String resource, Path library) throws IOException {
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        return false;
      }
      Files.createDirectories(library.getParent());
      Path temporary = Files.createTempFile(library.getParent(), "unpacking", ".tmp");
      try {
        Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
        // Renamed when complete, so that two starts at once or a crash leave no half library.
        Files.move(temporary, library, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      return true;
    }
  }
}

package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the operating system tells about folders that are watched. Paths are names joined by slashes
 * from the root.
 *
 * <p>Confined to one thread, but for {@link #close}.
 */
interface WatchSource extends AutoCloseable {

  /** Something that was told. */
  sealed interface News {

    String where();

    /** Something is there that was not there before, or under another name. */
    record Came(String where) implements News {}

    /** A file changed. */
    record Changed(String where) implements News {}

    /** Something is no longer there. */
    record Went(String where) implements News {}

    /** Something happened in a folder, and nobody knows what. */
    record Missed(String where) implements News {}

    /** A folder is no longer watched. */
    record Ended(String where) implements News {}
  }

  /**
   * Watches a folder, but not those that are in it. One that is watched under another name is from
   * now on watched under this.
   *
   * @throws IOException if it can't be watched; if it is the system's limit, the message says so
   */
  void add(String where, Path folder) throws IOException;

  /** Watches a folder and all in it no longer. */
  void remove(String where);

  /**
   * Waits until something happens, or the time is over.
   *
   * @return nothing if it is over, or the source is closed
   */
  List<News> await(Duration atMost) throws InterruptedException;

  @Override
  void close();
}

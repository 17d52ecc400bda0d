package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The private directory while no other process uses the folder.
 *
 * @param own the directory
 * @param work where files are on their way
 * @param lock what keeps others out
 */
record HeldFolder(OpenFolder own, OpenFolder work, FileChannel lock) implements AutoCloseable {

  private static final long COARSE = TimeUnit.SECONDS.toNanos(2);

  IndexFile index() {
    return new IndexFile(own.file("index"));
  }

  Path intents() {
    return own.file("intents");
  }

  /** What time it is by the clock that gives files their times: another machine's, maybe. */
  long fileTime(InstantSource clock) {
    Path stamp = own.file("stamp");
    try {
      try (OutputStream out =
          Files.newOutputStream(
              stamp,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS)) {
        out.write('\n');
      }
      FileStat stat = FileStat.of(stamp);
      // A file system without fractions of a second, such as FAT, may count in twos.
      boolean coarse = stat.modified() % TimeUnit.SECONDS.toNanos(1) == 0;
      return coarse ? stat.lastTouched() - COARSE : stat.lastTouched();
    } catch (IOException _) {
      // It can be read only: then nobody writes here, or another machine does.
      return TimeUnit.MILLISECONDS.toNanos(clock.millis()) - COARSE;
    }
  }

  @Override
  public void close() {
    try {
      lock.close(); // which lets go of the lock
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      work.close();
      own.close();
    }
  }
}

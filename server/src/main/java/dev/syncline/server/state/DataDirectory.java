package dev.syncline.server.state;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder that holds all of a server's own files, while one process has it to itself. What makes
 * it so is a lock that ends with the process, however that ends; the files tell only who it is.
 *
 * <p>Thread-safe.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String LOCK = "syncline.lock";
  private static final String RUNNING = "running";

  /** Whoever holds this byte of the lock file has the directory. */
  private static final long OWNER = 0;

  /**
   * The owner holds this one too. Who only wants to know whether there is an owner tries this byte,
   * and so can't get in the way of one that just starts.
   */
  private static final long SIGN_OF_LIFE = 1;

  /**
   * Directories that this process holds. POSIX drops a process's locks on a file as soon as the
   * process closes any descriptor of it, so a directory that is held must not be tried again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;
  private final RunningServer starting;

  private DataDirectory(Path path, FileChannel lock, RunningServer starting) {
    this.path = path;
    this.lock = lock;
    this.starting = starting;
  }

  /**
   * Takes the directory, and makes it first if there is none.
   *
   * @throws SyncException.Invalid if it can't be a directory, or another process has it
   * @throws SyncException.Denied if it can't be written to
   */
  public static DataDirectory open(Path directory, Instant now) {
    Path path = DirectoryFiles.prepare(directory);
    if (!HELD.add(path)) {
      throw inUse(path);
    }
    try {
      FileChannel lock = lock(path);
      var opened =
          new DataDirectory(
              path,
              lock,
              new RunningServer(
                  ProcessHandle.current().pid(), now, Optional.empty(), Optional.empty()));
      DirectoryFiles.writePrivate(path.resolve(RUNNING), opened.starting.text());
      return opened;
    } catch (IOException e) {
      HELD.remove(path);
      throw DirectoryFiles.unusable(path, e);
    } catch (RuntimeException e) {
      HELD.remove(path);
      throw e;
    }
  }

  /** Who has the directory open now; empty if nobody has. Changes nothing. */
  public static Optional<RunningServer> running(Path directory) {
    Path path = DirectoryFiles.real(directory);
    if (HELD.contains(path)) {
      return written(path);
    }
    try (var file = FileChannel.open(path.resolve(LOCK), StandardOpenOption.READ)) {
      return isFree(file) ? Optional.empty() : written(path);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DirectoryFiles.unusable(path, e);
    }
  }

  /** The directory, absolute. */
  public Path path() {
    return path;
  }

  /** Lets commands know where to reach this process from now on. */
  public void announce(URI url, Path adminToken) {
    var running =
        new RunningServer(
            starting.pid(), starting.started(), Optional.of(url), Optional.of(adminToken));
    writePrivate(RUNNING, running.text());
  }

  /**
   * Writes a file that only its owner may read, and never shows half of it.
   *
   * @return the file
   */
  public Path writePrivate(String name, String text) {
    Path file = path.resolve(name);
    try {
      DirectoryFiles.writePrivate(file, text);
    } catch (IOException e) {
      throw DirectoryFiles.unusable(path, e);
    }
    return file;
  }

  /** A whole file that {@link #writePrivate} wrote; empty if there is none. */
  Optional<String> read(String name) {
    try {
      return Optional.of(Files.readString(path.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw DirectoryFiles.unusable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path.resolve(RUNNING));
      lock.close();
    } catch (IOException e) {
      throw DirectoryFiles.unusable(path, e);
    } finally {
      HELD.remove(path);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      taken = file.tryLock(OWNER, 1, false) != null;
      if (taken) {
        // Somebody may be looking just now: that takes microseconds, so wait.
        file.lock(SIGN_OF_LIFE, 1, false);
      }
    } finally {
      if (!taken) {
        file.close();
      }
    }
    if (!taken) {
      throw inUse(path);
    }
    return file;
  }

  private static boolean isFree(FileChannel file) throws IOException {
    try (var lock = file.tryLock(SIGN_OF_LIFE, 1, true)) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static Optional<RunningServer> written(Path path) {
    try {
      return RunningServer.parse(Files.readString(path.resolve(RUNNING)));
    } catch (IOException e) {
      // It started this moment, or is about to end.
      return Optional.empty();
    }
  }

  private static SyncException.Unavailable inUse(Path path) {
    String who = written(path).map(RunningServer::describe).orElse("another process");
    return new SyncException.Unavailable(
        "data directory "
            + path
            + " is in use by "
            + who
            + ": stop that one, or give this one another data-dir");
  }
}

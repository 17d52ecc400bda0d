package dev.syncline.server.ledger;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a ledger for one {@link GitLedger} of one process. It ends with the process, however that
 * ends, so that whoever holds it knows that nobody else writes.
 */
final class LedgerLock implements AutoCloseable {

  /** The file that is locked. */
  static final String FILE = "syncline.lock";

  /**
   * Ledgers that this process holds. POSIX drops a process's locks on a file as soon as the process
   * closes any descriptor of it, so a ledger that is held must not be tried again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path repository;
  private final FileChannel file;

  private LedgerLock(Path repository, FileChannel file) {
    this.repository = repository;
    this.file = file;
  }

  /**
   * Takes a folder that exists.
   *
   * @throws SyncException.Unavailable if somebody has it
   */
  static LedgerLock take(Path directory) throws IOException {
    Path repository = directory.toRealPath();
    if (!HELD.add(repository)) {
      throw inUse(repository);
    }
    boolean taken = false;
    try {
      FileChannel file =
          FileChannel.open(
              repository.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        taken = file.tryLock() != null;
      } finally {
        if (!taken) {
          file.close();
        }
      }
      if (!taken) {
        throw inUse(repository);
      }
      return new LedgerLock(repository, file);
    } finally {
      if (!taken) {
        HELD.remove(repository);
      }
    }
  }

  /** Whether files are there that only a ledger in the making has. */
  static boolean isLock(Path file) {
    return file.getFileName().toString().equals(FILE) && Files.isRegularFile(file);
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      HELD.remove(repository);
    }
  }

  private static SyncException.Unavailable inUse(Path repository) {
    return new SyncException.Unavailable(
        "the ledger "
            + repository
            + " is in use by another Syncline: stop that one, or give this one another folder");
  }
}

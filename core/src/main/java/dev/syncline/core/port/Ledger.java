package dev.syncline.core.port;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import java.util.List;
import java.util.Optional;

/**
 * A workspace's history: a Git repository that only Syncline writes. All that its links agreed on
 * is in it too, so that nothing else has to survive.
 *
 * <p>Thread-safe. Every method throws {@link SyncException.Corrupt} if the repository is damaged
 * and {@link SyncException.Unavailable} if its disk can't be used now.
 */
public interface Ledger extends Contents, AutoCloseable {

  /** The newest version. */
  Head head();

  /**
   * An earlier version's files.
   *
   * @throws SyncException.Invalid if there is no such version
   */
  Snapshot at(CommitId version);

  /** What a link agreed on; with no files if it never ran. */
  Base base(LinkName link);

  /**
   * Records all of it or nothing, and returns once it is durable. A recording decided on an older
   * version is put on top of the newest if none of its paths has changed since.
   *
   * <p>May be called by many threads; those that wait are made durable together.
   */
  Recorded record(Recording recording);

  /** The conflicts that wait, oldest first. */
  List<Conflict> conflicts();

  /** Forgets what a link agreed on, and its open conflicts; the history stays. */
  void forget(LinkName link);

  /**
   * The newest versions, newest first.
   *
   * @param path only those that changed this file; empty for all
   * @param from start there instead of at the newest
   * @param limit at most so many
   * @throws SyncException.Invalid if there is no such version
   */
  List<Version> history(Optional<FilePath> path, Optional<CommitId> from, int limit);

  @Override
  void close();
}

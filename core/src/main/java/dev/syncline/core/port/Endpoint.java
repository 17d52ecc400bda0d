package dev.syncline.core.port;

import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;

/**
 * One place that holds a workspace's files: a folder, a branch of a remote repository, a live
 * editor. It never decides anything: it says what it holds, and does what it is asked as long as
 * nothing there has moved meanwhile.
 *
 * <p>Calls for one endpoint never overlap. A call may block, and be interrupted; then it throws
 * Unavailable and leaves every path with either its old or its new file.
 */
public interface Endpoint extends AutoCloseable {

  /**
   * Looks at what it holds and puts contents that are new into the ledger's database. Changes
   * nothing at the endpoint. Looking again without a change in between gives the same.
   *
   * @param base what it held when the ledger last took it into account
   * @param hints where to look
   * @param contents where to put what is found
   * @throws SyncException.Unavailable if the place can't be reached, or is not there: a place that
   *     is missing is never taken for an empty one
   * @throws SyncException.Denied if the credentials don't allow it
   * @throws SyncException.Corrupt if it holds what can't be
   */
  Observed observe(Snapshot base, Hints hints, Contents contents);

  /**
   * Brings files there. Each path changes only if it still holds what {@link Delivery#changes} says
   * it held before, and then wholly or not at all; a path that can't be written doesn't stop the
   * others. Durable when it returns.
   *
   * @throws SyncException.Unavailable if it can't be reached; some paths may have been written
   * @throws SyncException.Denied if the credentials don't allow it
   */
  Applied apply(Delivery delivery, Contents contents);

  /**
   * Whether it only proposes changes, and somebody there decides. Then it is asked in every run,
   * for nothing too: what it proposed earlier may no longer be wanted.
   */
  default boolean proposes() {
    return false;
  }

  @Override
  void close();
}

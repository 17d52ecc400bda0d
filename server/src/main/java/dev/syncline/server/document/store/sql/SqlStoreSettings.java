package dev.syncline.server.document.store.sql;

import dev.syncline.core.model.SyncException;
import java.time.Duration;

/**
 * How a {@link SqlChunkStore} uses its database.
 *
 * @param queueBytes appends block while this much or more waits for its turn
 * @param groupBytes one transaction takes no more than this, or else a single append
 * @param readers so many scans, lists and deletions at once; each holds a connection
 * @param probe without appends for so long, the database is asked whether it is well
 */
public record SqlStoreSettings(long queueBytes, long groupBytes, int readers, Duration probe) {

  /** What suits the pool of a small server, which has eight connections. */
  public static final SqlStoreSettings DEFAULT =
      new SqlStoreSettings(8 << 20, 4 << 20, 5, Duration.ofSeconds(2));

  public SqlStoreSettings {
    if (queueBytes < 1 || groupBytes < 1 || readers < 1 || !probe.isPositive()) {
      throw new SyncException.Invalid("settings of the database's chunk store must be positive");
    }
  }
}

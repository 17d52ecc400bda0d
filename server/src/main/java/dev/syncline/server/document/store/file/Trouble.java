package dev.syncline.server.document.store.file;

import dev.syncline.core.model.SyncException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What stands in the way of one kind of write; logged when it begins and ends. Thread-safe. */
final class Trouble {

  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

  private final String what;
  private volatile @Nullable SyncException cause;

  /**
   * @param what can't be done
   */
  Trouble(String what) {
    this.what = what;
  }

  void is(SyncException now) {
    if (cause == null) {
      LOG.atError().addKeyValue("what", what).log(now.getMessage());
    }
    cause = now;
  }

  void isOver() {
    if (cause != null) {
      cause = null;
      LOG.atWarn().addKeyValue("what", what).log("the store can write again");
    }
  }

  Optional<SyncException> now() {
    return Optional.ofNullable(cause);
  }
}

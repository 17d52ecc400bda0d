package dev.syncline.core.port;

import java.util.Collection;
import java.util.List;

/**
 * News that somebody was told we have, and that nothing was made of yet: they outlive the process.
 *
 * <p>Thread-safe.
 */
public interface Notices {

  /**
   * News of one thing.
   *
   * @param topic what may have changed
   * @param by who may have changed it, as whoever tells calls them; empty if nobody is named
   * @param number greater than that of every earlier one of the same topic and the same person,
   *     which it takes the place of
   */
  record Notice(String topic, String by, long number) {}

  /**
   * Keeps one. Durable when it returns.
   *
   * @throws dev.syncline.core.model.SyncException.Unavailable if it can't be kept now
   */
  void keep(Notice notice);

  /**
   * Forgets those, unless a later one has taken their place. May be done later, or never: then they
   * are looked at once more.
   */
  void forget(Collection<Notice> notices);

  /** Those that are kept. */
  List<Notice> all();
}

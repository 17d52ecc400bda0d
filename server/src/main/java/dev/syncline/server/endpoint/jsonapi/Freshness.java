package dev.syncline.server.endpoint.jsonapi;

import java.util.Optional;

/**
 * Whether what a source said of its last update is older than the last run that took all of it.
 * What was said while a run was under way counts as new. Thread-safe.
 */
final class Freshness {

  private Optional<String> said = Optional.empty();
  private Optional<String> looking = Optional.empty();
  private Optional<String> taken = Optional.empty();
  private boolean all;

  /** The source says this of its last update; whether a run is needed. */
  synchronized boolean isNews(String update) {
    said = Optional.of(update);
    return !said.equals(taken);
  }

  /** A run begins to look. */
  synchronized void looking() {
    looking = said;
    all = false;
  }

  /**
   * It has looked.
   *
   * @param everything whether every category could be read
   */
  synchronized void looked(boolean everything) {
    all = everything;
  }

  /**
   * It has ended.
   *
   * @param isDone whether the ledger has what was seen
   */
  synchronized void ended(boolean isDone) {
    if (isDone && all) {
      taken = looking;
    }
  }
}

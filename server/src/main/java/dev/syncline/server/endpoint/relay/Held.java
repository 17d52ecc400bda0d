package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import java.util.Set;

/** What was found of a file that a folder lists. */
sealed interface Held {

  /**
   * Its contents are in the ledger's database.
   *
   * @param by who changed it since it was read last, as far as the document tells
   */
  record File(FileVersion version, Set<String> by) implements Held {
    public File {
      by = Set.copyOf(by);
    }
  }

  /** Nothing is known of it, and there is no sense in asking again before somebody changes it. */
  record Nothing(String reason) implements Held {}

  /** It could not be asked for. */
  record Failed(SyncException.Unavailable why) implements Held {}
}

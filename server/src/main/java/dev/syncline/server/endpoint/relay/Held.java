package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;

/** What was found of a file that a folder lists. */
sealed interface Held {

  /** Its contents are in the ledger's database. */
  record File(FileVersion version) implements Held {}

  /** Nothing is known of it, and there is no sense in asking again before somebody changes it. */
  record Nothing(String reason) implements Held {}

  /** It could not be asked for. */
  record Failed(SyncException.Unavailable why) implements Held {}
}

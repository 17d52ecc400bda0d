package dev.syncline.core.port;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import java.time.Instant;
import java.util.Map;

/**
 * A version of a ledger, as people look at it.
 *
 * @param id its commit
 * @param author who made it
 * @param at when the ledger recorded it
 * @param message its subject and body
 * @param trailers what the message's last lines say, such as {@code Syncline-Run}
 */
public record Version(
    CommitId id, Author author, Instant at, String message, Map<String, String> trailers) {

  public Version {
    trailers = Map.copyOf(trailers);
  }
}

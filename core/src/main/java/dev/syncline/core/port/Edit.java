package dev.syncline.core.port;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import java.time.Instant;

/**
 * What one person changed, as far as the endpoint knows.
 *
 * @param author who
 * @param at when, by the endpoint's clock: a claim, never the ground of a decision by itself
 * @param message what for; the subject and body of a commit
 * @param changes what, since the base
 */
public record Edit(Author author, Instant at, String message, Changes changes) {

  public Edit withChanges(Changes other) {
    return new Edit(author, at, message, other);
  }
}

package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.core.model.Author;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * A source of records.
 *
 * @param base what people know it by
 * @param categories what is read
 * @param credentials what it wants to see
 * @param patience for one answer
 * @param mostLost which part of a category's records may be gone at once, from 0 to 1; one record
 *     always may
 * @param author of what changes there
 * @param offer how it is told what people edited
 */
public record Source(
    URI base,
    List<Category> categories,
    Credentials credentials,
    Duration patience,
    double mostLost,
    Author author,
    Offer offer) {

  /** For one answer, if nobody says otherwise. */
  public static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);

  /** A quarter. */
  public static final double USUAL_MOST_LOST = 0.25;

  public Source {
    categories = List.copyOf(categories);
  }

  /** The same, told what people edit on the pull request of a link. */
  public Source onPullRequest(String link) {
    return new Source(
        base, categories, credentials, patience, mostLost, author, offer.onPullRequest(link));
  }

  /**
   * What tells that something changed.
   *
   * @param address what is asked
   * @param pointer to a number or text in the answer that is another one after a change
   * @param interval how often
   */
  public record LastUpdated(URI address, String pointer, Duration interval) {}
}

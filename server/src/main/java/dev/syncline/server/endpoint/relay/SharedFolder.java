package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.Author;
import java.time.Duration;
import java.util.Map;

/**
 * Which shared folder, and how its changes are told.
 *
 * @param id of the folder
 * @param authors who the server's users are
 * @param otherwise the author of what nobody is named for
 * @param message the subject of commits, in which {@code {changes}} stands for what changed and
 *     {@code {time}} for when
 * @param secondLook how much later a file that is gone is looked for again, before it counts as
 *     deleted
 */
public record SharedFolder(
    RelayId id,
    Map<String, Author> authors,
    Author otherwise,
    String message,
    Duration secondLook) {

  /** What changed, in words. */
  public static final String USUAL_MESSAGE = "{changes}";

  public SharedFolder {
    authors = Map.copyOf(authors);
  }

  /** Who a user is; one that nobody named goes by the id that the server gave. */
  Author author(String user) {
    Author named = authors.get(user);
    if (named != null) {
      return named;
    }
    String plain = user.replaceAll("[\\p{Cntrl}<>]", " ").strip();
    return plain.isEmpty() ? otherwise : new Author(plain, "");
  }
}

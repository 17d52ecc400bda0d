package dev.syncline.server.cli;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.LinkSecrets;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.Secret;
import dev.syncline.server.config.WorkspaceSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Files with secrets that can't be read: a mistake in what was given, and none of the host. They
 * are looked for before anything is done, so that no link's work is left half done.
 */
final class ReferenceSecrets {

  private ReferenceSecrets() {}

  /**
   * Makes sure that what the links of a workspace certainly need is there.
   *
   * @param output where it writes what it would propose, if it does. Then nothing is shown to a
   *     host but to read, and the host may not ask for that.
   * @throws SyncException.Invalid if not; names the link, the key and the file
   */
  static void mustBeThere(WorkspaceSettings settings, Optional<Path> output) {
    for (Map.Entry<LinkName, LinkSettings> link : settings.links().entrySet()) {
      LinkSettings.Place place = link.getValue().place();
      boolean isOnlyRead =
          place instanceof LinkSettings.Place.Reviewed(var _, var requests)
              && output.or(requests::output).isPresent();
      if (!isOnlyRead) {
        missing(link.getKey(), LinkSecrets.of(place))
            .ifPresent(sentence -> {
              throw new SyncException.Invalid(sentence);
            });
      }
    }
  }

  /** What lacks to read from a link's place; empty if that is not why it can't be read. */
  static Optional<String> missingToRead(LinkName name, LinkSettings.Place place) {
    return missing(
        name,
        place instanceof LinkSettings.Place.Reviewed(var branch, var _)
            ? LinkSecrets.of(branch.access())
            : LinkSecrets.of(place));
  }

  private static Optional<String> missing(LinkName name, SequencedMap<String, Secret> secrets) {
    return LinkSecrets.unreadable(secrets).map(sentence -> "link " + name + ": " + sentence);
  }
}

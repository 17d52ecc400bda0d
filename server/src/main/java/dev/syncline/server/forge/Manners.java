package dev.syncline.server.forge;

import java.time.Duration;
import java.util.Map;

/**
 * How a forge wants to be spoken to.
 *
 * @param headers of each request
 * @param scheme before the token
 * @param betweenWrites how long it is left alone after a request that changes something
 */
record Manners(Map<String, String> headers, String scheme, Duration betweenWrites) {

  static Manners of(ForgeKind kind) {
    return switch (kind) {
      case GITHUB ->
          new Manners(
              Map.of("Accept", "application/vnd.github+json", "X-GitHub-Api-Version", "2022-11-28"),
              "Bearer",
              Duration.ofSeconds(1));
      // Takes tokens of people, projects and groups, and of OAuth.
      case GITLAB -> new Manners(Map.of("Accept", "application/json"), "Bearer", Duration.ZERO);
      case GITEA -> new Manners(Map.of("Accept", "application/json"), "token", Duration.ZERO);
    };
  }
}

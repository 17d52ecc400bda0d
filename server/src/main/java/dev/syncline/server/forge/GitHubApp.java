package dev.syncline.server.forge;

import dev.syncline.server.config.Secret;
import java.util.Optional;

/**
 * A GitHub App that was installed for some repositories.
 *
 * @param id its client id or its number
 * @param installation the number of the installation; looked up if empty
 * @param key a private key of the app's, as GitHub gave it; line ends may be written as {@code \n}
 */
public record GitHubApp(String id, Optional<Long> installation, Secret key) {

  /** What its tokens are for. */
  public enum Purpose {
    /** Fetching and pushing. */
    CONTENTS,
    /** Also opening pull requests, and all that goes with them but teams. */
    PULL_REQUESTS,
    /** Also asking teams for reviews, where the installation allows it. */
    PULL_REQUESTS_AND_TEAMS
  }
}

package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is said to the caller when GitHub gives an app no token.
 *
 * @param purpose what the token was to be for
 * @param installation the number of the installation, if it is known
 */
record AppRefusal(
    GitHubApp app,
    ForgeRepository repository,
    GitHubApp.Purpose purpose,
    Optional<Long> installation) {

  /** Clocks that are further apart than this explain why a proof isn't accepted. */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(55);

  SyncException of(Answer answer, Instant now) {
    int status = answer.status();
    String said = "GitHub answers " + status + " (" + answer.said() + ") to the app " + app.id();
    Optional<Instant> notBefore = Limits.notBefore(answer, now);
    if (notBefore.isPresent() || status >= 500) {
      return new SyncException.Unavailable(said, new IOException(said), notBefore.orElse(now));
    }
    String advice =
        switch (status) {
          case 401 ->
              clocks(answer, now)
                  .orElse("check that the id is the app's, and that the key is one of its keys");
          case 403 -> "the app or its installation may be suspended: look at its settings";
          case 404 ->
              installation
                  .map(number ->
                      "it has no installation "
                          + number
                          + ": take the number at the end of the address of the"
                          + " installation's page")
                  .orElse("install it for " + repository.path());
          case 422 ->
              "its installation needs the repository "
                  + repository.name()
                  + " and the permission"
                  + switch (purpose) {
                    case CONTENTS -> " Contents: read and write";
                    case PULL_REQUESTS, PULL_REQUESTS_AND_TEAMS ->
                        "s Contents: read and write, and Pull requests: read and write";
                  };
          default -> "check that " + repository.api() + " is GitHub's API";
        };
    return new SyncException.Denied(said + ": " + advice);
  }

  /** What explains a refusal if one of the clocks is wrong. */
  private static Optional<String> clocks(Answer answer, Instant now) {
    return answer
        .date()
        .map(theirs -> Duration.between(theirs, now))
        .filter(apart -> apart.abs().compareTo(CLOCKS_APART) > 0)
        .map(apart ->
            "this machine's clock is "
                + apart.abs().toSeconds()
                + " seconds "
                + (apart.isNegative() ? "behind" : "ahead of")
                + " GitHub's: set it right");
  }
}

package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.time.Instant;

/** What is said to the caller when a forge did not do as it was asked. */
record Failures(ForgeRepository repository) {

  /** What follows from an answer that is a refusal. */
  SyncException refused(Call call, Answer answer) {
    int status = answer.status();
    String said =
        title() + " answers " + status + " (" + answer.said() + ") when asked to " + call.doing();
    return switch (status) {
      case 401 -> new SyncException.Denied(said + ": give it a token that is valid");
      case 403 -> new SyncException.Denied(said + ": " + permission(answer));
      case 404 ->
          new SyncException.Denied(
              said
                  + ": check that "
                  + repository.path()
                  + " is there, and that the token's owner may see and change it");
      case 423 -> new SyncException.Denied(said + ": the repository may be archived");
      case 408, 425 -> new SyncException.Unavailable(said);
      default ->
          status >= 500 ? new SyncException.Unavailable(said) : new SyncException.Invalid(said);
    };
  }

  private static String permission(Answer answer) {
    return "the token needs a permission that it lacks"
        + answer.header("X-Accepted-GitHub-Permissions").map(needed -> ": " + needed).orElse("");
  }

  /** Nothing came back, however often it was asked. */
  SyncException.Unavailable lost(Call call, String why) {
    return new SyncException.Unavailable(
        title() + " can't be asked to " + call.doing() + ": " + why);
  }

  /** It wants no request for longer than we wait. */
  SyncException.Unavailable notBefore(Call call, Instant moment) {
    String said =
        title()
            + " wants no request before "
            + moment
            + ": it could not be asked to "
            + call.doing();
    return new SyncException.Unavailable(said, new IOException(said), moment);
  }

  private String title() {
    return repository.kind().title();
  }
}

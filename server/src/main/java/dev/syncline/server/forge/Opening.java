package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import dev.syncline.core.port.PullRequests.Text;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** How a pull request is opened so that there is one in the end, and never two. */
final class Opening {

  /** Of several between the same branches: the one that is open, or else the newest. */
  static final Comparator<PullRequest> THE_ONE_THAT_COUNTS =
      Comparator.comparing((PullRequest pull) -> pull.state() == State.OPEN)
          .thenComparingLong(PullRequest::number);

  private static final int ATTEMPTS = 5;

  private final ForgeHttp http;
  private final PullRequests pulls;

  Opening(ForgeHttp http, PullRequests pulls) {
    this.http = http;
    this.pulls = pulls;
  }

  /** What a request to open one came to. */
  sealed interface Attempt {
    record Opened(PullRequest pull) implements Attempt {}

    /** There may be one already. */
    record Exists(String said) implements Attempt {}

    /** The forge doesn't see the branch, or its commits, which may be its own delay. */
    record TooSoon(String said) implements Attempt {}

    record Refused(Answer answer) implements Attempt {}
  }

  /**
   * Opens one, or finds the one that is open and gives it the text.
   *
   * @param call asks the forge to open it
   * @param read what its answer means
   */
  PullRequest open(String from, String to, Text text, Call call, Function<Answer, Attempt> read) {
    String said = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Attempt made = http.write(call, read, () -> open(from, to).map(Attempt.Opened::new));
      switch (made) {
        case Attempt.Opened(PullRequest pull) -> {
          return withText(pull, text);
        }
        case Attempt.Exists exists -> {
          Optional<PullRequest> found = open(from, to);
          if (found.isPresent()) {
            return withText(found.get(), text);
          }
          said = exists.said();
        }
        case Attempt.TooSoon soon -> said = soon.said();
        case Attempt.Refused(Answer answer) -> throw http.refused(call, answer);
      }
      if (attempt < ATTEMPTS) {
        http.backOff(attempt);
      }
    }
    throw new SyncException.Invalid(
        "no pull request from " + from + " to " + to + " can be opened: " + said);
  }

  private Optional<PullRequest> open(String from, String to) {
    return pulls.newest(from, to).filter(pull -> pull.state() == State.OPEN);
  }

  private PullRequest withText(PullRequest pull, Text text) {
    Text words = Words.read(text.title(), text.body());
    if (pull.text().equals(words)) {
      return pull;
    }
    pulls.edit(pull, text);
    return new PullRequest(pull.number(), pull.address(), pull.state(), pull.head(), words);
  }
}

package dev.syncline.server.web.api;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code events} of a workspace, as server-sent events. Each listener has a virtual thread that
 * waits most of the time, and nothing is queued for it: what it missed is the difference between
 * two versions. Thread-safe.
 */
final class EventCalls implements AutoCloseable {

  private static final int MOST_LISTENERS = 500;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Files files;
  private final Set<EventFeed> feeds = ConcurrentHashMap.newKeySet();

  EventCalls(Files files) {
    this.files = files;
  }

  Answer answer(Call call, WorkspaceName name) {
    if (!call.method().equals("GET")) {
      return Answer.onlyKnows("GET");
    }
    Optional<CommitId> since =
        call.header("Last-Event-ID").or(() -> call.parameter("since")).map(CommitId::new);
    // So that a workspace that isn't there is said to be so while that can still be said.
    files.news(name, since);
    if (feeds.size() >= MOST_LISTENERS) {
      return new Answer.Problem(
          503,
          Answer.Kind.UNAVAILABLE,
          "there are " + MOST_LISTENERS + " listeners already",
          Map.of("Retry-After", "30"));
    }
    var feed = new EventFeed(files, name, since, HEARTBEAT);
    return new Answer.Events(out -> {
      feeds.add(feed);
      try {
        feed.writeTo(out);
      } finally {
        feeds.remove(feed);
      }
    });
  }

  /** Ends all of them: clients come back to the server that is started next. */
  @Override
  public void close() {
    feeds.forEach(EventFeed::close);
  }
}

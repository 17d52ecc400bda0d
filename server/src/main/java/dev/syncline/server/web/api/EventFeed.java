package dev.syncline.server.web.api;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Files;
import dev.syncline.server.view.Files.Changed;
import dev.syncline.server.view.Files.News;
import dev.syncline.server.view.json.Fields;
import dev.syncline.server.view.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one listener hears of a workspace. Written by one thread; {@link #close} and the wake-up
 * calls come from others.
 */
final class EventFeed implements AutoCloseable {

  /** Of more paths than this a listener hears only that there are more. */
  private static final int MOST_PATHS = 1000;

  private final Files files;
  private final WorkspaceName workspace;
  private final Duration heartbeat;

  /** Whoever is woken looks at all that is new, however often it was called. */
  private final Semaphore calls = new Semaphore(0);

  private final Map<LinkName, Told> links = new HashMap<>();
  private Optional<CommitId> known;
  private boolean begun;
  private volatile boolean closed;

  /** What was said of a link. */
  private record Told(Health.Condition condition, String reason) {}

  /**
   * @param known the version that the listener heard of last
   * @param heartbeat how long it hears nothing at most
   */
  EventFeed(Files files, WorkspaceName workspace, Optional<CommitId> known, Duration heartbeat) {
    this.files = files;
    this.workspace = workspace;
    this.known = known;
    this.heartbeat = heartbeat;
  }

  /** Writes until it is closed, the workspace is gone, or {@code out} fails. */
  void writeTo(OutputStream out) throws IOException {
    try (var _ = files.listen(workspace, this::wake)) {
      boolean quiet = false;
      while (!closed) {
        boolean told = tell(out);
        if (!told && quiet) {
          write(out, ": still here\n\n");
        }
        out.flush();
        quiet = !calls.tryAcquire(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        int others = calls.drainPermits();
        quiet &= others == 0;
      }
    } catch (SyncException.Invalid e) {
      // The workspace was taken away: there will be no more news.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    wake();
  }

  private void wake() {
    calls.release();
  }

  private boolean tell(OutputStream out) throws IOException {
    News news;
    try {
      news = files.news(workspace, known);
    } catch (SyncException.Unavailable e) {
      return false; // its configuration changes just now
    }
    boolean told = false;
    if (!begun || !known.equals(news.version())) {
      Optional<CommitId> since = known;
      known = news.version();
      if (known.isPresent()) {
        // Who heard that there was nothing has to read all that is there now.
        boolean hadNothing = begun && since.isEmpty();
        write(
            out, version(known.get(), since, hadNothing ? new Changed.Unknown() : news.changed()));
        told = true;
      }
    }
    begun = true;
    for (Map.Entry<LinkName, Health> link : news.links().entrySet()) {
      Health health = link.getValue();
      var now = new Told(health.condition(), health.reason());
      // A run that is under way will end, and then there is something to tell.
      if (health.condition() != Health.Condition.SYNCING
          && !now.equals(links.put(link.getKey(), now))) {
        write(out, state(link.getKey(), now));
        told = true;
      }
    }
    return told;
  }

  private static String version(CommitId version, Optional<CommitId> since, Changed changed) {
    ObjectNode data = JsonMapper.shared().createObjectNode().put("version", version.hex());
    since.ifPresent(before -> data.put("since", before.hex()));
    switch (changed) {
      case Changed.Paths(List<FilePath> all) -> {
        ArrayNode paths = data.putArray("paths");
        all.stream().limit(MOST_PATHS).forEach(path -> paths.add(path.value()));
        data.put("complete", all.size() <= MOST_PATHS);
      }
      case Changed.Unknown() -> {
        data.putArray("paths");
        data.put("complete", false);
      }
    }
    return "id: " + version + "\nevent: version\ndata: " + JsonText.of(data) + "\n\n";
  }

  private static String state(LinkName link, Told told) {
    ObjectNode data =
        JsonMapper.shared()
            .createObjectNode()
            .put("link", link.value())
            .put("condition", Fields.name(told.condition()))
            .put("reason", told.reason());
    return "event: state\ndata: " + JsonText.of(data) + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.syncline.server.web.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.flow.Submission.Submitted;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Files;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventFeedTest {

  private static final WorkspaceName NOTES = new WorkspaceName("notes");

  private final Quiet files = new Quiet();
  private final EventFeed feed =
      new EventFeed(files, NOTES, Optional.empty(), Duration.ofMillis(1));

  @Test
  void whoHearsNothingIsToldThatTheServerIsThere() throws Exception {
    var heard = new ByteArrayOutputStream();
    feed.writeTo(
        new OutputStream() {
          @Override
          public void write(int b) {
            heard.write(b);
          }

          @Override
          public void flush() {
            if (heard.size() > 30) {
              feed.close();
            }
          }
        });
    assertTrue(heard.toString(StandardCharsets.UTF_8).startsWith(": still here\n\n: still here"));
    assertEquals(0, files.listening.get());
  }

  @Test
  void whoIsGoneIsForgotten() {
    assertThrows(
        IOException.class,
        () ->
            feed.writeTo(
                new OutputStream() {
                  @Override
                  public void write(int b) throws IOException {
                    throw new IOException("gone");
                  }
                }));
    assertEquals(0, files.listening.get());
  }

  @Test
  void aWorkspaceThatIsNoMoreEndsIt() throws Exception {
    files.failure = Optional.of(new SyncException.Invalid("there is no workspace notes"));
    feed.writeTo(OutputStream.nullOutputStream());
    assertEquals(0, files.listening.get());
  }

  /** Nothing ever happens here. */
  private static final class Quiet implements Files {
    private final AtomicInteger listening = new AtomicInteger();
    private Optional<SyncException> failure = Optional.empty();

    @Override
    public News news(WorkspaceName workspace, Optional<CommitId> since) {
      failure.ifPresent(it -> {
        throw it;
      });
      return new News(Optional.empty(), new Changed.Paths(List.of()), Map.of());
    }

    @Override
    public Listening listen(WorkspaceName workspace, Runnable listener) {
      listening.incrementAndGet();
      return listening::decrementAndGet;
    }

    @Override
    public Optional<Entry> find(WorkspaceName workspace, FilePath path) {
      return Optional.empty();
    }

    @Override
    public OptionalLong size(WorkspaceName workspace, ContentId content) {
      return OptionalLong.empty();
    }

    @Override
    public List<Entry> list(WorkspaceName workspace, Page page) {
      return List.of();
    }

    @Override
    public Submitted submit(WorkspaceName workspace, Sent sent) {
      throw new UnsupportedOperationException();
    }
  }
}

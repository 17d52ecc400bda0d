package dev.syncline.server.workspace;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells how many files an endpoint has read or written in a run.
 *
 * @param inner does the work
 */
public record Followed(Endpoint inner, Progress progress) implements Endpoint {

  @Override
  public Observed observe(Snapshot base, Hints hints, Contents contents) {
    return inner.observe(base, hints, new Counting(contents, "reading files", 0));
  }

  @Override
  public Applied apply(Delivery delivery, Contents contents) {
    int all = delivery.changes().byPath().size();
    return inner.apply(delivery, new Counting(contents, "writing files", all));
  }

  @Override
  public boolean proposes() {
    return inner.proposes();
  }

  @Override
  public void close() {
    inner.close();
  }

  /** Counts contents that go through. */
  private final class Counting implements Contents {
    private final Contents through;
    private final String step;
    private final long all;
    private final AtomicLong count = new AtomicLong();

    Counting(Contents through, String step, long all) {
      this.through = through;
      this.step = step;
      this.all = all;
    }

    @Override
    public InputStream open(ContentId id) {
      if (all > 0) {
        progress.at(step, count.incrementAndGet(), all);
      }
      return through.open(id);
    }

    @Override
    public long size(ContentId id) {
      return through.size(id);
    }

    @Override
    public ContentId put(long size, InputStream in) throws IOException {
      ContentId id = through.put(size, in);
      progress.at(step, count.incrementAndGet(), all);
      return id;
    }
  }
}

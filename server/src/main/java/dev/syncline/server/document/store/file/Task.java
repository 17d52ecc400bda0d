package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/** What waits for the log. */
sealed interface Task {

  DocumentId document();

  /** What it counts for in the queue. */
  long bytes();

  void failed(SyncException cause);

  /**
   * @param since when it was called, as {@link System#nanoTime} counts
   * @param told whether the listener has heard how it ended
   */
  record Append(
      DocumentId document,
      List<byte[]> chunks,
      ChunkStore.Append append,
      long since,
      AtomicBoolean told)
      implements Task {
    @Override
    public long bytes() {
      long bytes = 0;
      for (byte[] chunk : chunks) {
        bytes += Framing.HEADER_BYTES + chunk.length;
      }
      return bytes;
    }

    void durable(long[] positions) {
      tell(() -> append.durable(positions));
    }

    @Override
    public void failed(SyncException cause) {
      tell(() -> append.failed(cause));
    }

    /** Who throws breaks the port's rule; everybody else must still be told. */
    private void tell(Runnable news) {
      if (!told.compareAndSet(false, true)) {
        return;
      }
      try {
        news.run();
      } catch (RuntimeException | Error e) {
        LoggerFactory.getLogger(Task.class)
            .atError()
            .addKeyValue("document", document)
            .setCause(e)
            .log("a listener of the chunk store failed: this is a bug");
      }
    }
  }

  record Delete(DocumentId document, CompletableFuture<Boolean> done) implements Task {
    @Override
    public long bytes() {
      return Framing.HEADER_BYTES;
    }

    @Override
    public void failed(SyncException cause) {
      done.completeExceptionally(cause);
    }
  }
}

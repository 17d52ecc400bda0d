package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What waits for the log. */
sealed interface Task {

  DocumentId document();

  /** What it counts for in the queue. */
  long bytes();

  void failed(SyncException cause);

  /**
   * @param since when it was called, as {@link System#nanoTime} counts
   */
  record Append(DocumentId document, List<byte[]> chunks, ChunkStore.Append append, long since)
      implements Task {
    @Override
    public long bytes() {
      long bytes = 0;
      for (byte[] chunk : chunks) {
        bytes += Framing.HEADER_BYTES + chunk.length;
      }
      return bytes;
    }

    @Override
    public void failed(SyncException cause) {
      append.failed(cause);
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

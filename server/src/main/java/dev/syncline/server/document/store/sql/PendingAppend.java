package dev.syncline.server.document.store.sql;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import java.util.List;

/**
 * An append that is not durable yet.
 *
 * @param called when, in {@link System#nanoTime}
 */
record PendingAppend(
    DocumentId document, List<byte[]> chunks, ChunkStore.Append append, long called) {

  PendingAppend {
    chunks = List.copyOf(chunks);
    if (chunks.isEmpty()) {
      throw new SyncException.Invalid("an append has at least one chunk");
    }
    for (byte[] chunk : chunks) {
      if (chunk.length < 1 || chunk.length > ChunkStore.MAX_CHUNK_BYTES) {
        throw new SyncException.Invalid("a chunk has 1 byte to 64 MiB, not " + chunk.length);
      }
    }
  }

  long bytes() {
    return chunks.stream().mapToLong(chunk -> chunk.length).sum();
  }

  void durable(long[] positions) {
    guarded(() -> append.durable(positions));
  }

  void failed(SyncException cause) {
    guarded(() -> append.failed(cause));
  }

  /** What one listener throws must not keep the others from hearing. */
  private static void guarded(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException | Error bug) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
    }
  }
}

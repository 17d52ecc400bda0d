package dev.syncline.testkit;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An append that a test can wait for; fails if it is told more than once. Thread-safe. */
public final class ToldAppend implements ChunkStore.Append {

  private final CompletableFuture<long[]> told = new CompletableFuture<>();
  private volatile boolean twice;

  /** Appends without waiting. */
  public static ToldAppend to(ChunkStore store, DocumentId document, byte[]... chunks) {
    var append = new ToldAppend();
    store.append(document, List.of(chunks), append);
    return append;
  }

  @Override
  public void durable(long[] positions) {
    twice |= !told.complete(positions);
  }

  @Override
  public void failed(SyncException cause) {
    twice |= !told.completeExceptionally(cause);
  }

  /** Waits for the positions; throws what the store said if it failed. */
  public long[] positions() {
    try {
      long[] positions = told.get(60, TimeUnit.SECONDS);
      if (twice) {
        throw new AssertionError("an append was told twice");
      }
      return positions;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SyncException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("nobody was told how an append ended", e);
    }
  }

  /** Waits; true if it became durable. */
  public boolean isDurable() {
    try {
      return positions().length > 0;
    } catch (SyncException.Unavailable _) {
      return false;
    }
  }

  public boolean isTold() {
    return told.isDone();
  }
}

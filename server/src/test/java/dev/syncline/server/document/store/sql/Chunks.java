package dev.syncline.server.document.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Chunks as texts, for tests that tell a store's documents apart by reading them. */
record Chunks(ChunkStore store) {

  /** Asks the database nothing that the test doesn't know of. */
  static final SqlStoreSettings QUIET =
      new SqlStoreSettings(1 << 20, 1 << 20, 2, Duration.ofHours(1));

  static final SqlStoreSettings WATCHFUL =
      new SqlStoreSettings(1 << 20, 1 << 20, 2, Duration.ofMillis(10));

  CompletableFuture<long[]> append(DocumentId document, String... chunks) {
    var told = new CompletableFuture<long[]>();
    store.append(
        document,
        Arrays.stream(chunks).map(chunk -> chunk.getBytes(UTF_8)).toList(),
        new Telling(told));
    return told;
  }

  List<String> scan(DocumentId document) {
    var seen = new ArrayList<String>();
    store.scan(document, (position, chunk) -> seen.add(new String(chunk, UTF_8)));
    return seen;
  }

  List<String> read(DocumentId document, long[] positions) {
    var seen = new ArrayList<String>();
    store.read(document, positions, (position, chunk) -> seen.add(new String(chunk, UTF_8)));
    return seen;
  }

  record Telling(CompletableFuture<long[]> told) implements ChunkStore.Append {
    @Override
    public void durable(long[] positions) {
      told.complete(positions);
    }

    @Override
    public void failed(SyncException cause) {
      told.completeExceptionally(cause);
    }
  }
}

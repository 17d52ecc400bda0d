package dev.syncline.server.document.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.RealPostgres;
import dev.syncline.testkit.ChunkStoreContract;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of all chunk stores on a real PostgreSQL, and what this one does beyond it. */
@ExtendWith(RealPostgres.class)
@Timeout(60)
final class SqlChunkStoreTest extends ChunkStoreContract {

  /** Closed after the store, which the contract closes. */
  @AutoClose private final ChunkDatabase database;

  SqlChunkStoreTest(RealPostgres.EmptyDatabase postgres) {
    database = new ChunkDatabase(postgres);
  }

  @Override
  protected ChunkStore open() {
    return new SqlChunkStore(database, Chunks.QUIET);
  }

  @AfterEach
  void letGo() {
    database.letGo();
  }

  @Test
  void oneCommitServesAllAppendsThatWait() {
    append(A, "first");
    long before = store().status().syncs();
    database.holdUp();
    var waiting = new ArrayList<CompletableFuture<long[]>>();
    for (int i = 0; i < 500; i++) {
      waiting.add(texts().append(new DocumentId(i, 0), "chunk " + i));
    }
    database.letGo();
    waiting.forEach(CompletableFuture::join);
    var store = (SqlChunkStore) store();
    long syncs = store.status().syncs() - before;
    assertTrue(syncs <= 2, "what the committer had taken already, and the rest: " + syncs);
    assertEquals(501, store.appends().snapshot().count());
    assertEquals(store.status().syncs(), store.syncs().snapshot().count());
  }

  @Test
  void longChunksAndManyInOneAppendAreOneCommit() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 700; i++) {
      texts.add(("chunk " + i + " ").repeat(i % 100 == 50 ? 40_000 : 1));
    }
    long[] positions = append(A, texts.toArray(String[]::new));
    assertEquals(texts, chunks(A));
    assertEquals(texts, texts().read(A, positions));
    assertEquals(1, store().status().syncs());
  }

  @Test
  void aDeletedDocumentsDamagedChunksAreForgottenTooAndNoPositionComesBack() throws SQLException {
    long[] before = append(A, "damaged soon", "sound");
    append(B, "another's");
    database.execute("UPDATE document_chunk SET chunk = '' WHERE position = " + before[0]);
    assertEquals(List.of("sound"), chunks(A));
    store().delete(A);
    assertEquals(List.of(B), store().list(Optional.empty(), 10));
    assertEquals("0", database.ask("SELECT count(*) FROM document_chunk_damaged"));
    long[] after = append(A, "new");
    assertTrue(after[0] > before[1], "no position names two chunks");
  }

  @Test
  void appendsWaitWhileTheQueueIsFull() throws InterruptedException {
    database.holdUp();
    String chunk = "x".repeat(100_000);
    var told = new ArrayList<CompletableFuture<long[]>>();
    Thread appender =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < 40; i++) {
                told.add(texts().append(A, chunk));
              }
            });
    Await.that(() -> appender.getState() == Thread.State.WAITING);
    database.letGo();
    appender.join();
    told.forEach(CompletableFuture::join);
    assertEquals(40, chunks(A).size());
  }

  private Chunks texts() {
    return new Chunks(store());
  }
}

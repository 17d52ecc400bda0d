package dev.syncline.server.document.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.RealPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the store in PostgreSQL does beyond the contract of all chunk stores. */
@ExtendWith(RealPostgres.class)
@Timeout(60)
final class SqlChunkStoreTest {

  private static final DocumentId A = new DocumentId(1, 1);
  private static final DocumentId B = new DocumentId(-1, 1);

  private final ChunkDatabase database;
  private final SqlChunkStore store;
  private final Chunks chunks;

  SqlChunkStoreTest(RealPostgres.EmptyDatabase postgres) {
    database = new ChunkDatabase(postgres);
    store = new SqlChunkStore(database, Chunks.QUIET);
    chunks = new Chunks(store);
  }

  @AfterEach
  void close() {
    database.mend();
    database.letGo();
    store.close();
    database.close();
  }

  @Test
  void oneCommitServesAllAppendsThatWait() {
    chunks.append(A, "first").join();
    long before = store.status().syncs();
    database.holdUp();
    var waiting = new ArrayList<CompletableFuture<long[]>>();
    for (int i = 0; i < 500; i++) {
      waiting.add(chunks.append(new DocumentId(i, 0), "chunk " + i));
    }
    database.letGo();
    waiting.forEach(CompletableFuture::join);
    long syncs = store.status().syncs() - before;
    assertTrue(syncs <= 2, "what the committer had taken already, and the rest: " + syncs);
    assertEquals(501, store.appends().snapshot().count());
    assertEquals(store.status().syncs(), store.syncs().snapshot().count());
  }

  @Test
  void longChunksAndManyKeepTheirOrder() {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 700; i++) {
      texts.add(("chunk " + i + " ").repeat(i % 100 == 50 ? 40_000 : 1));
    }
    long[] positions = chunks.append(A, texts.toArray(String[]::new)).join();
    assertEquals(texts, chunks.scan(A));
    assertEquals(texts, chunks.read(A, positions));
    assertTrue(store.status().syncs() == 1, "all or none");
  }

  @Test
  void theLongestChunkIsKept() {
    byte[] chunk = new byte[ChunkStore.MAX_CHUNK_BYTES];
    Arrays.fill(chunk, (byte) 0xab);
    var told = new CompletableFuture<long[]>();
    store.append(A, List.of(chunk), new Chunks.Telling(told));
    told.join();
    var same = new AtomicBoolean();
    store.scan(A, (position, found) -> same.set(Arrays.equals(chunk, found)));
    assertTrue(same.get());
  }

  @Test
  void eachDocumentKeepsTheOrderOfItsAppends() {
    var random = new SplittableRandom(20261121);
    var expected = new HashMap<DocumentId, List<String>>();
    var told = new ArrayList<CompletableFuture<long[]>>();
    for (int i = 0; i < 2000; i++) {
      var document = new DocumentId(random.nextInt(20), 7);
      String chunk = i + "-" + "x".repeat(random.nextInt(3000));
      expected.computeIfAbsent(document, id -> new ArrayList<>()).add(chunk);
      told.add(chunks.append(document, chunk));
    }
    told.forEach(CompletableFuture::join);
    expected.forEach((document, order) -> assertEquals(order, chunks.scan(document)));
    assertTrue(store.status().syncs() < 2000, "commits are shared");
  }

  @Test
  void whatWasNeverWrittenShowsNothingAndLeavesNothing() throws SQLException {
    assertEquals(List.of(), chunks.scan(A));
    store.delete(A);
    assertEquals(List.of(), store.list(Optional.empty(), 10));
    assertEquals("0", database.ask("SELECT count(*) FROM document_chunk"));
  }

  @Test
  void aDeletedDocumentIsForgottenForGood() throws SQLException {
    long[] before = chunks.append(A, "damaged soon", "sound").join();
    chunks.append(B, "another's").join();
    database.execute("UPDATE document_chunk SET chunk = '' WHERE position = " + before[0]);
    assertEquals(List.of("sound"), chunks.scan(A));
    store.delete(A);
    assertEquals(List.of(), chunks.scan(A));
    assertEquals(List.of(B), store.list(Optional.empty(), 10));
    assertEquals("0", database.ask("SELECT count(*) FROM document_chunk_damaged"));
    long[] after = chunks.append(A, "new").join();
    assertTrue(after[0] > before[1], "no position names two chunks");
    assertEquals(List.of("new"), chunks.scan(A));
  }

  @Test
  void aDeletionWaitsForTheAppendsBeforeIt() throws InterruptedException {
    chunks.append(A, "stored").join();
    database.holdUp();
    var taken = chunks.append(A, "taken");
    Await.that(() -> database.waiting() > 0);
    var waiting = chunks.append(A, "waiting");
    var deletion = Thread.ofPlatform().start(() -> store.delete(A));
    Await.that(() -> deletion.getState() == Thread.State.WAITING);
    assertEquals(1, database.waiting(), "it has its turn after them");
    database.letGo();
    deletion.join();
    assertTrue(taken.isDone() && waiting.isDone());
    assertEquals(List.of(), chunks.scan(A));
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
                told.add(chunks.append(A, chunk));
              }
            });
    Await.that(() -> appender.getState() == Thread.State.WAITING);
    database.letGo();
    appender.join();
    told.forEach(CompletableFuture::join);
    assertEquals(40, chunks.scan(A).size());
  }

  @Test
  void closingMakesDurableWhatWasAccepted() {
    database.holdUp();
    var accepted = chunks.append(A, "accepted");
    Thread closing = Thread.ofPlatform().start(store::close);
    Await.that(() -> closing.getState() == Thread.State.WAITING);
    database.letGo();
    accepted.join();
    assertThrows(IllegalStateException.class, () -> chunks.append(A, "late"));
    try (var reopened = new SqlChunkStore(database, Chunks.QUIET)) {
      var seen = new ArrayList<String>();
      reopened.scan(A, (position, chunk) -> seen.add(new String(chunk, UTF_8)));
      assertEquals(List.of("accepted"), seen);
    }
  }

  @Test
  void aPageOfTheListIsInTheOrderOfUnsignedBytes() {
    chunks.append(A, "a").join();
    chunks.append(B, "b").join();
    chunks.append(new DocumentId(1, -1), "c", "d").join();
    assertEquals(List.of(A, new DocumentId(1, -1), B), store.list(Optional.empty(), 10));
    assertEquals(List.of(new DocumentId(1, -1)), store.list(Optional.of(A), 1));
    assertEquals(List.of(), store.list(Optional.of(B), 10));
  }
}

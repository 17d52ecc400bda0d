package dev.syncline.server.document.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.RealPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the store does when PostgreSQL fails, or holds what nobody wrote. */
@ExtendWith(RealPostgres.class)
@Timeout(60)
final class SqlStoreTroubleTest {

  private static final DocumentId A = new DocumentId(1, 1);
  private static final DocumentId B = new DocumentId(-1, 1);

  private final ChunkDatabase database;
  private final SqlChunkStore store;
  private final Chunks chunks;

  SqlStoreTroubleTest(RealPostgres.EmptyDatabase postgres) {
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
  void whatWaitsBehindAFailureFailsToo() {
    chunks.append(A, "stored").join();
    database.holdUp();
    var first = chunks.append(A, "1");
    awaitTaken();
    var behind = chunks.append(A, "2");
    var ofAnother = chunks.append(B, "3");
    database.cutOff("53100");
    // Mended while the first failure is told, so that the other document finds the database well.
    var mended = first.handle((positions, failure) -> mendAnd(failure));
    database.letGo();
    assertInstanceOf(SyncException.Unavailable.class, mended.join());
    assertFailed(behind);
    assertEquals(1, ofAnother.join().length);
    chunks.append(A, "4").join();
    assertEquals(List.of("stored", "4"), chunks.scan(A));
    assertEquals(List.of("3"), chunks.scan(B));
  }

  @Test
  void aFailureIsTheProblemUntilTheDatabaseIsWellAgain() {
    database.cutOff("53100");
    assertFailed(chunks.append(A, "lost"));
    String problem = store.status().problem().orElseThrow();
    assertTrue(problem.contains("free some space"), problem);
    assertThrows(SyncException.Unavailable.class, () -> chunks.scan(A));
    database.mend();
    chunks.append(A, "kept").join();
    assertEquals(Optional.empty(), store.status().problem());
    assertEquals(List.of("kept"), chunks.scan(A));
  }

  @Test
  void aProblemIsNoticedAndItsEndTooWithoutAnAppend() {
    try (var watchful = new SqlChunkStore(database, Chunks.WATCHFUL)) {
      Await.that(() -> watchful.status().storedBytes() > 0);
      database.cutOff("08006");
      Await.that(() -> watchful.status().problem().isPresent());
      database.mend();
      Await.that(() -> watchful.status().problem().isEmpty());
      assertEquals(List.of(), watchful.list(Optional.empty(), 10), "trying leaves nothing");
    }
  }

  @Test
  void brokenConnectionsAreReplaced() throws SQLException {
    chunks.append(A, "before").join();
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    Await.that(
        () -> chunks.append(A, "after").handle((positions, failure) -> failure == null).join());
    assertEquals(List.of("before", "after"), chunks.scan(A));
  }

  @Test
  void aDamagedChunkIsSetAsideOnceAndHidesNoOther() throws SQLException {
    long[] positions = chunks.append(A, "one", "two", "three").join();
    database.execute("UPDATE document_chunk SET chunk = 'twi' WHERE position = " + positions[1]);
    assertThrows(SyncException.Corrupt.class, () -> chunks.read(A, positions));
    assertEquals(List.of("one", "three"), chunks.scan(A));
    assertEquals(List.of("one", "three"), chunks.scan(A));
    assertEquals(1, store.status().damaged());
    assertEquals(
        "twi", database.ask("SELECT convert_from(chunk, 'UTF8') FROM document_chunk_damaged"));
    assertEquals(List.of("one", "three"), chunks.read(A, new long[] {positions[0], positions[2]}));
  }

  @Test
  void aChunkThatLandedInAnotherDocumentIsDamaged() throws SQLException {
    chunks.append(A, "mine").join();
    database.execute("UPDATE document_chunk SET document = '" + ChunkTable.uuid(B) + "'");
    assertEquals(List.of(), chunks.scan(B));
    assertEquals(1, store.status().damaged());
  }

  @Test
  void aChunkThatIsGoneIsNotReadAsNothing() {
    long[] positions = chunks.append(A, "one", "two").join();
    store.delete(A);
    assertThrows(SyncException.Corrupt.class, () -> chunks.read(A, positions));
  }

  @Test
  void commitsAreDurableWhateverTheDatabasesDefault() throws SQLException {
    database.execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit TO off',"
            + " current_database()); END $$");
    database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    assertEquals("on", database.ask("SHOW synchronous_commit"));
  }

  private static void assertFailed(CompletableFuture<long[]> append) {
    var failure = assertThrows(CompletionException.class, append::join);
    assertInstanceOf(SyncException.Unavailable.class, failure.getCause());
  }

  private Throwable mendAnd(Throwable failure) {
    database.mend();
    return failure;
  }

  /** Until the committer wants a connection for what it took. */
  private void awaitTaken() {
    Await.that(() -> database.waiting() > 0);
  }
}

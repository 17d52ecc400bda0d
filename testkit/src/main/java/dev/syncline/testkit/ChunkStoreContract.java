package dev.syncline.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must keep. A store's test extends it and says how to open one. */
public abstract class ChunkStoreContract {

  protected static final DocumentId A = new DocumentId(0x0a00_0000_0000_0001L, 1);
  protected static final DocumentId B = new DocumentId(0xfb00_0000_0000_0002L, 2);

  private ChunkStore store;

  protected ChunkStoreContract() {
    store = MemoryChunkStore.immediate();
  }

  /** Opens the store of this test: empty the first time, as it was left after that. */
  protected abstract ChunkStore open() throws Exception;

  /** Whether the store keeps anything after it was closed. */
  protected boolean outlivesClose() {
    return true;
  }

  @BeforeEach
  final void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  @Test
  void chunksComeBackInOrderWithTheirPositions() {
    long[] first = append(A, "one", "two");
    long[] second = append(A, "three");
    Map<Long, String> shown = scan(A);
    assertEquals(List.of("one", "two", "three"), List.copyOf(shown.values()));
    assertEquals(List.of(first[0], first[1], second[0]), List.copyOf(shown.keySet()));
    assertTrue(first[0] < first[1] && first[1] < second[0], "positions ascend");
  }

  @Test
  void documentsDontMix() {
    append(A, "of a");
    append(B, "of b");
    append(A, "more of a");
    assertEquals(List.of("of a", "more of a"), chunks(A));
    assertEquals(List.of("of b"), chunks(B));
  }

  @Test
  void readShowsChunksAtPositions() {
    var positions = new ArrayList<Long>();
    for (int i = 0; i < 50; i++) {
      positions.add(append(A, "chunk " + i)[0]);
    }
    assertEquals(
        Map.of(positions.get(3), "chunk 3", positions.get(49), "chunk 49"),
        read(A, positions.get(3), positions.get(49)));
    assertEquals(Map.of(), read(A));
  }

  @Test
  void readRefusesPositionsThatWereNotHandedOut() {
    long[] positions = append(A, "one");
    assertThrows(SyncException.Corrupt.class, () -> read(A, positions[0] + 1_000_000));
    assertThrows(SyncException.Corrupt.class, () -> read(B, positions[0]));
  }

  @Test
  void unknownDocumentShowsNothingAndLeavesNoTrace() {
    assertEquals(List.of(), chunks(A));
    store.delete(A);
    assertEquals(List.of(), store.list(Optional.empty(), 10));
  }

  @Test
  void everyByteComesBack() {
    byte[] bytes = new byte[70_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 + i / 256);
    }
    ToldAppend.to(store, A, new byte[] {0}, bytes).positions();
    var shown = new ArrayList<byte[]>();
    store.scan(A, (position, chunk) -> shown.add(chunk));
    assertArrayEquals(new byte[] {0}, shown.get(0));
    assertArrayEquals(bytes, shown.get(1));
  }

  @Test
  void longestChunkComesBack() throws Exception {
    byte[] longest = new byte[ChunkStore.MAX_CHUNK_BYTES];
    new Random(2).nextBytes(longest);
    ToldAppend first = ToldAppend.to(store, A, longest);
    ToldAppend behind = ToldAppend.to(store, B, bytes("behind"));
    long[] positions = first.positions();
    store.read(A, positions, (position, chunk) -> assertArrayEquals(longest, chunk));
    assertTrue(behind.isDurable());
    if (reopen()) {
      var shown = new ArrayList<byte[]>();
      store.scan(A, (position, chunk) -> shown.add(chunk));
      assertEquals(1, shown.size());
      assertArrayEquals(longest, shown.getFirst());
    }
  }

  @Test
  void whatThePortDoesNotAllowIsInvalidAndStoresNothing() {
    byte[] tooLong = new byte[ChunkStore.MAX_CHUNK_BYTES + 1];
    assertThrows(SyncException.Invalid.class, () -> ToldAppend.to(store, A, tooLong));
    assertThrows(
        SyncException.Invalid.class, () -> ToldAppend.to(store, A, bytes("one"), bytes("")));
    assertThrows(SyncException.Invalid.class, () -> ToldAppend.to(store, A));
    assertThrows(SyncException.Invalid.class, () -> store.list(Optional.empty(), 0));
    assertThrows(SyncException.Invalid.class, () -> store.list(Optional.empty(), 10_001));
    assertEquals(List.of(), store.list(Optional.empty(), 10_000));
  }

  @Test
  void manyAppendsInTheAirKeepTheirOrder() {
    var random = new Random(20261121);
    var appends = new LinkedHashMap<DocumentId, List<ToldAppend>>();
    var expected = new HashMap<DocumentId, List<String>>();
    for (int i = 0; i < 2_000; i++) {
      var document = new DocumentId(random.nextInt(20), 7);
      String chunk = i + "x".repeat(random.nextInt(3_000));
      expected.computeIfAbsent(document, _ -> new ArrayList<>()).add(chunk);
      appends
          .computeIfAbsent(document, _ -> new ArrayList<>())
          .add(ToldAppend.to(store, document, bytes(chunk)));
    }
    appends.forEach((document, ofOne) -> {
      long last = -1;
      for (ToldAppend append : ofOne) {
        long position = append.positions()[0];
        assertTrue(position > last, "positions ascend");
        last = position;
      }
      assertEquals(expected.get(document), chunks(document));
    });
  }

  @Test
  void manyThreadsAppendToTheirDocuments() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < 20; t++) {
        var document = new DocumentId(7, t);
        threads.execute(() -> {
          for (int i = 0; i < 20; i++) {
            append(document, "chunk " + i);
          }
        });
      }
    }
    for (int t = 0; t < 20; t++) {
      assertEquals(20, chunks(new DocumentId(7, t)).size());
    }
  }

  @Test
  void deletedDocumentIsGoneAndCanBeMadeAnew() {
    append(A, "old", "older");
    append(B, "stays");
    store.delete(A);
    assertEquals(List.of(), chunks(A));
    assertEquals(List.of(B), store.list(Optional.empty(), 10));
    append(A, "new");
    assertEquals(List.of("new"), chunks(A));
    assertEquals(List.of("stays"), chunks(B));
  }

  @Test
  void deletionComesAfterTheAppendsCalledBeforeIt() throws Exception {
    append(B, "stays");
    for (int called = 1; called <= 512; called *= 8) {
      var before = new ArrayList<ToldAppend>();
      for (int i = 0; i < called; i++) {
        before.add(ToldAppend.to(store, A, bytes("before " + i)));
      }
      store.delete(A);
      before.forEach(append -> assertEquals(1, append.positions().length));
      assertEquals(List.of(), chunks(A));
      assertEquals(List.of(B), store.list(Optional.empty(), 10));
    }
    if (reopen()) {
      assertEquals(List.of(), chunks(A));
      assertEquals(List.of(B), store.list(Optional.empty(), 10));
    }
  }

  @Test
  void documentMadeAnewBehindADeletionStays() throws Exception {
    append(A, "old");
    var before = new ArrayList<ToldAppend>();
    for (int i = 0; i < 100; i++) {
      before.add(ToldAppend.to(store, A, bytes("before " + i)));
    }
    store.delete(A);
    ToldAppend anew = ToldAppend.to(store, A, bytes("new"));
    ToldAppend behind = ToldAppend.to(store, A, bytes("newer"));
    before.forEach(append -> assertEquals(1, append.positions().length));
    long[] positions = {anew.positions()[0], behind.positions()[0]};
    assertEquals(List.of("new", "newer"), chunks(A));
    if (reopen()) {
      assertEquals(List.of("new", "newer"), chunks(A));
      assertEquals(Map.of(positions[0], "new", positions[1], "newer"), read(A, positions));
    }
  }

  @Test
  void listIsAscendingAndGoesOnBehindAnId() {
    var ids = new TreeSet<DocumentId>();
    for (int i = 0; i < 30; i++) {
      ids.add(new DocumentId(0x9e37_79b9_7f4a_7c15L * i, i));
    }
    var shuffled = new ArrayList<>(ids);
    Collections.reverse(shuffled);
    shuffled.forEach(id -> append(id, "chunk"));
    var listed = new ArrayList<DocumentId>();
    List<DocumentId> page = store.list(Optional.empty(), 7);
    while (!page.isEmpty()) {
      assertTrue(page.size() <= 7);
      listed.addAll(page);
      page = store.list(Optional.of(page.getLast()), 7);
    }
    assertEquals(List.copyOf(ids), listed);
  }

  @Test
  void statusCountsSyncsAndHasNoProblem() {
    long before = store.status().syncs();
    append(A, "one");
    assertTrue(store.status().syncs() > before);
    assertEquals(Optional.empty(), store.status().problem());
    assertEquals(0, store.status().damaged());
  }

  @Test
  void closeLosesNothingThatWasAccepted() throws Exception {
    long[] positions = append(A, "one", "two");
    store.delete(B);
    ToldAppend inTheAir = ToldAppend.to(store, B, bytes("in the air"));
    store.close();
    assertEquals(1, inTheAir.positions().length);
    if (!reopen()) {
      return;
    }
    assertEquals(List.of("one", "two"), chunks(A));
    assertEquals(List.of("in the air"), chunks(B));
    assertEquals(Map.of(positions[1], "two"), read(A, positions[1]));
    append(A, "three");
    assertEquals(List.of("one", "two", "three"), chunks(A));
    store.delete(A);
    assertTrue(reopen());
    assertEquals(List.of(B), store.list(Optional.empty(), 10));
  }

  @Test
  void closedStoreFailsAppendsAndCanBeClosedAgain() {
    store.close();
    var late = ToldAppend.to(store, A, bytes("late"));
    assertThrows(SyncException.Unavailable.class, late::positions);
    store.close();
  }

  /** Closes and opens the store; false if it keeps nothing then. */
  private boolean reopen() throws Exception {
    store.close();
    if (outlivesClose()) {
      store = open();
    }
    return outlivesClose();
  }

  protected final ChunkStore store() {
    return store;
  }

  protected final long[] append(DocumentId document, String... chunks) {
    byte[][] bytes = new byte[chunks.length][];
    for (int i = 0; i < chunks.length; i++) {
      bytes[i] = bytes(chunks[i]);
    }
    return ToldAppend.to(store, document, bytes).positions();
  }

  protected final List<String> chunks(DocumentId document) {
    return List.copyOf(scan(document).values());
  }

  private Map<Long, String> scan(DocumentId document) {
    var shown = new LinkedHashMap<Long, String>();
    store.scan(document, (position, chunk) -> shown.put(position, text(chunk)));
    return shown;
  }

  private Map<Long, String> read(DocumentId document, long... positions) {
    var shown = new LinkedHashMap<Long, String>();
    store.read(document, positions, (position, chunk) -> shown.put(position, text(chunk)));
    return shown;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] chunk) {
    return new String(chunk, StandardCharsets.UTF_8);
  }
}

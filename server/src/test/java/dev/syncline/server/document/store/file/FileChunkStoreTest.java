package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.testkit.ChunkStoreContract;
import dev.syncline.testkit.ToldAppend;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileChunkStoreTest extends ChunkStoreContract {

  @TempDir Path directory;

  @Override
  protected ChunkStore open() {
    return open(FileStoreSettings.in(directory));
  }

  private static FileChunkStore open(FileStoreSettings settings) {
    return FileChunkStore.open(settings, InstantSource.system());
  }

  @Test
  void thousandSmallEditsTakeLessThanThreeTimesTheirBytesInAsManyFiles() throws IOException {
    append(A, "x".repeat(60));
    int files = files().size();
    for (int i = 1; i < 1_000; i++) {
      append(A, "x".repeat(60));
    }
    assertEquals(files, files().size());
    long running = bytes();
    assertTrue(running <= 3 * 60_000, () -> running + " bytes while running");
    assertEquals(running, store().status().storedBytes());
    store().close();
    long closed = bytes();
    assertTrue(closed <= 1.3 * 60_000, () -> closed + " bytes when closed");
    assertEquals(2, files().size(), "the log's and the document's");
  }

  @Test
  void storedBytesAreKnownAfterEachStart() throws IOException {
    append(A, "x".repeat(5_000));
    append(B, "x".repeat(3_000), "more");
    assertStoredBytesAfterAStart();
    try (var again = open(FileStoreSettings.in(directory))) {
      again.delete(A);
      ToldAppend.to(again, B, new byte[100]).positions();
      again.delete(new DocumentId(9, 9));
      ToldAppend.to(again, A, new byte[70]).positions();
    }
    assertStoredBytesAfterAStart();
    try (var again = open(FileStoreSettings.in(directory))) {
      again.delete(A);
      again.delete(B);
    }
    assertStoredBytesAfterAStart();
  }

  private void assertStoredBytesAfterAStart() throws IOException {
    store().close();
    try (var again = open(FileStoreSettings.in(directory))) {
      assertEquals(bytes(), again.status().storedBytes());
    }
  }

  @Test
  void quietLogIsEmptied() throws IOException {
    store().close();
    Duration soon = Duration.ofMillis(20);
    try (var quick = open(FileStoreSettings.in(directory).withTimes(soon, soon))) {
      ToldAppend.to(quick, A, new byte[5_000]).positions();
      while (logBytes() > 1_000) {
        Thread.onSpinWait();
      }
      ToldAppend.to(quick, A, new byte[10]).positions();
      assertEquals(2, sizes(quick, A).size());
    }
  }

  @Test
  void positionsStayWhileCheckpointsMoveChunks() {
    store().close();
    var random = new Random(1);
    try (var busy = open(FileStoreSettings.in(directory).withBytes(4_000, 2_000, 1_000))) {
      var sizes = new ArrayList<Integer>();
      var positions = new ArrayList<Long>();
      for (int i = 0; i < 1_000; i++) {
        sizes.add(random.nextInt(1, 400));
        positions.add(ToldAppend.to(busy, A, new byte[sizes.getLast()]).positions()[0]);
        int one = random.nextInt(positions.size());
        busy.read(
            A,
            new long[] {positions.get(one)},
            (position, chunk) -> assertEquals(sizes.get(one), chunk.length));
        if (i % 50 == 0) {
          assertEquals(sizes, sizes(busy, A));
        }
      }
      assertEquals(0, busy.status().damaged());
    }
  }

  @Test
  void closedStoreDeletesNothing() {
    store().close();
    assertThrows(SyncException.Unavailable.class, () -> store().delete(A));
  }

  @Test
  void fileInPlaceOfTheDirectoryIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "here");
    var failure =
        assertThrows(SyncException.Unavailable.class, () -> open(FileStoreSettings.in(file)));
    assertTrue(failure.toString().contains(file.toString()), failure.toString());
  }

  /** A folder that can't be looked into for a while, as after a failed mount or a wrong chmod. */
  @Test
  void documentThatCannotBeLookedForIsNotTakenForANewOne() throws IOException {
    append(A, "old");
    store().close();
    Path folder = directory.resolve("documents").resolve(A.hex().substring(0, 2));
    Path away = directory.resolve("away");
    try (var again = open(FileStoreSettings.in(directory))) {
      Files.move(folder, away);
      Files.createFile(folder);
      assertThrows(SyncException.Unavailable.class, () -> sizes(again, A));
      assertThrows(SyncException.Unavailable.class, () -> again.delete(A));
      assertFalse(ToldAppend.to(again, A, new byte[5]).isDurable());
      Files.delete(folder);
      Files.move(away, folder);
      assertTrue(ToldAppend.to(again, A, new byte[7]).isDurable());
      assertEquals(List.of(3, 7), sizes(again, A));
    }
    try (var again = open(FileStoreSettings.in(directory))) {
      assertEquals(List.of(3, 7), sizes(again, A));
    }
  }

  @Test
  void manyDocumentsCostOneDirectoryListingEach() {
    for (int i = 0; i < 300; i++) {
      var id = new DocumentId(0x9e37_79b9_7f4a_7c15L * i, i);
      ToldAppend.to(store(), id, new byte[10]);
    }
    store().close();
    try (var again = open(FileStoreSettings.in(directory))) {
      assertEquals(300, again.list(Optional.empty(), 1_000).size());
    }
  }

  @Test
  void timesAreCounted() {
    append(A, "one");
    var store = (FileChunkStore) store();
    assertEquals(1, store.appendTimes().count());
    assertEquals(1, store.syncTimes().count());
  }

  private static List<Integer> sizes(ChunkStore store, DocumentId document) {
    var sizes = new ArrayList<Integer>();
    store.scan(document, (position, chunk) -> sizes.add(chunk.length));
    return sizes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private long bytes() throws IOException {
    return files().stream().mapToLong(file -> file.toFile().length()).sum();
  }

  /** Segments may go while this looks: what is gone has no length. */
  private long logBytes() {
    File[] segments = directory.resolve("log").toFile().listFiles();
    return segments == null ? 0 : Stream.of(segments).mapToLong(File::length).sum();
  }
}

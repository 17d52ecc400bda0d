package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.document.QuietLog;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.ToldAppend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each byte of a small store is flipped in turn: what else is in it comes back. */
@ExtendWith(QuietLog.class)
final class DamageTest {

  private static final DocumentId HIT = new DocumentId(0x1100_0000_0000_0000L, 1);
  private static final DocumentId OTHER = new DocumentId(0x2200_0000_0000_0000L, 2);
  private static final List<String> CHUNKS = List.of("first chunk", "second chunk", "third one");

  @TempDir Path directory;
  private Path closed = Path.of("");
  private Path crashed = Path.of("");

  @BeforeEach
  void makeStores() throws IOException {
    Path live = directory.resolve("live");
    crashed = directory.resolve("crashed");
    closed = directory.resolve("closed");
    try (ChunkStore store = open(live)) {
      for (String chunk : CHUNKS) {
        append(store, HIT, chunk);
        append(store, OTHER, chunk);
      }
      copy(live, crashed);
    }
    copy(live, closed);
  }

  @Test
  void flippedByteInADocumentFileCostsOneChunkAndIsReported() throws IOException {
    Path file = find(closed, ".chunks", HIT.hex());
    for (int at = 0; at < Files.size(file); at++) {
      int flipped = at;
      try (ChunkStore store = open(flip(closed, file, at))) {
        List<String> left = chunks(store, HIT);
        assertTrue(left.size() >= CHUNKS.size() - 1, () -> left + " with byte " + flipped);
        assertTrue(CHUNKS.containsAll(left));
        assertEquals(CHUNKS, chunks(store, OTHER));
        assertEquals(1, store.status().damaged());
        chunks(store, HIT);
        assertEquals(1, store.status().damaged(), "each place counts once");
      }
      assertEquals(1, copies());
    }
  }

  @Test
  void flippedByteInTheLogCostsOneAppendAndIsReported() throws IOException {
    Path file = find(crashed, ".log", "");
    for (int at = 0; at < Files.size(file); at++) {
      int flipped = at;
      try (ChunkStore store = open(flip(crashed, file, at))) {
        List<String> hit = chunks(store, HIT);
        List<String> other = chunks(store, OTHER);
        assertTrue(CHUNKS.containsAll(hit) && CHUNKS.containsAll(other));
        assertTrue(hit.size() + other.size() >= 5, () -> "byte " + flipped);
      }
      assertTrue(copies() >= 1, () -> "no copy of byte " + flipped);
    }
  }

  @Test
  void damagedDocumentGoesOnAndReadsRefuseOnlyWhatIsDamaged() throws IOException {
    Path file = find(closed, ".chunks", HIT.hex());
    try (ChunkStore store = open(flip(closed, file, (int) DocumentFiles.START + 15))) {
      long[] fourth = append(store, HIT, "fourth");
      assertEquals(List.of("second chunk", "third one", "fourth"), chunks(store, HIT));
      store.read(HIT, fourth, (position, chunk) -> assertEquals("fourth", text(chunk)));
      long[] damaged = {DocumentFiles.START};
      assertThrows(
          SyncException.Corrupt.class, () -> store.read(HIT, damaged, (position, chunk) -> {}));
    }
    try (ChunkStore store = open(directory.resolve("flipped"))) {
      assertEquals(List.of("second chunk", "third one", "fourth"), chunks(store, HIT));
    }
  }

  @Test
  void headerThatCannotBeReadIsMendedByTheNextAppend() throws IOException {
    Path file = find(closed, ".chunks", HIT.hex());
    Path flipped = flip(closed, file, 3);
    try (ChunkStore store = open(flipped)) {
      append(store, HIT, "fourth");
    }
    try (ChunkStore store = open(flipped)) {
      assertEquals(4, chunks(store, HIT).size());
      assertEquals(0, store.status().damaged());
      store.delete(HIT);
      append(store, HIT, "anew");
    }
    try (ChunkStore store = open(flipped)) {
      assertEquals(List.of("anew"), chunks(store, HIT));
    }
  }

  @Test
  void recordsInsideAChunkAreNeverTakenForRecords() throws IOException {
    byte[] file = Files.readAllBytes(find(closed, ".chunks", HIT.hex()));
    try (ChunkStore store = open(closed)) {
      ToldAppend.to(store, HIT, file).positions();
    }
    Path path = find(closed, ".chunks", HIT.hex());
    try (ChunkStore store = open(flip(closed, path, file.length + 2))) {
      assertEquals(CHUNKS, chunks(store, HIT));
      assertEquals(1, store.status().damaged());
    }
  }

  private static FileChunkStore open(Path store) {
    return FileChunkStore.open(FileStoreSettings.in(store), new SettableClock());
  }

  private static long[] append(ChunkStore store, DocumentId document, String chunk) {
    return ToldAppend.to(store, document, chunk.getBytes(StandardCharsets.UTF_8)).positions();
  }

  private static List<String> chunks(ChunkStore store, DocumentId document) {
    var chunks = new ArrayList<String>();
    store.scan(document, (position, chunk) -> chunks.add(text(chunk)));
    return chunks;
  }

  private static String text(byte[] chunk) {
    return new String(chunk, StandardCharsets.UTF_8);
  }

  private long copies() throws IOException {
    return files(directory.resolve("flipped")).stream()
        .filter(file -> file.toString().endsWith(".bin"))
        .count();
  }

  /** A fresh copy of a store with one byte changed. */
  private Path flip(Path store, Path file, int at) throws IOException {
    Path flipped = directory.resolve("flipped");
    for (Path old : files(flipped)) {
      Files.delete(old);
    }
    copy(store, flipped);
    Path target = flipped.resolve(store.relativize(file));
    byte[] bytes = Files.readAllBytes(target);
    bytes[at] ^= 0x5a;
    Files.write(target, bytes);
    return flipped;
  }

  private static Path find(Path store, String ending, String part) throws IOException {
    return files(store).stream()
        .filter(file -> file.toString().endsWith(ending) && file.toString().contains(part))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> files(Path store) throws IOException {
    if (!Files.exists(store)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(store)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      paths.forEach(path -> copyOne(path, to.resolve(from.relativize(path))));
    }
  }

  private static void copyOne(Path from, Path to) {
    try {
      if (Files.isDirectory(from)) {
        Files.createDirectories(to);
      } else {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.ToldAppend;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What was told about each document, beside the disk it happened on. */
final class CrashHistory {

  private static final Path DIRECTORY = Path.of("/store");
  private static final int DOCUMENTS = 4;

  private final int seed;
  final Random random;
  final SimulatedDisk disk;
  private final Map<DocumentId, Told> told = new HashMap<>();
  private int next;

  CrashHistory(int seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.disk = new SimulatedDisk(new Random(seed + 1_000_000L));
  }

  /** Chunks that must be there, in order, and those of which nobody knows. */
  private static final class Told {
    private final List<Integer> durable = new ArrayList<>();
    private final List<Integer> unknown = new ArrayList<>();
    private boolean deletionUnknown;
    // The same of programs that ended before this one, since the last check.
    private final List<Integer> unknownBefore = new ArrayList<>();
    private final List<List<Integer>> allOrNone = new ArrayList<>();

    /** Another program goes on with what this one left. */
    void endProgram() {
      unknownBefore.addAll(unknown);
      unknown.clear();
      if (deletionUnknown) {
        allOrNone.add(List.copyOf(durable));
        durable.clear();
        deletionUnknown = false;
      }
    }

    void clear() {
      durable.clear();
      unknown.clear();
      unknownBefore.clear();
      allOrNone.clear();
      deletionUnknown = false;
    }
  }

  private record InTheAir(DocumentId document, List<Integer> chunks, ToldAppend append) {}

  FileChunkStore open() {
    var settings =
        FileStoreSettings.in(DIRECTORY)
            .withBytes(800, 400, 300)
            .withTimes(Duration.ofMillis(2), Duration.ofMillis(1));
    return FileChunkStore.open(settings, disk, new SettableClock());
  }

  void tryToOpen() {
    try {
      open().close();
    } catch (SyncException.Unavailable _) {
      // That is what was asked for.
    }
    assertEquals(0, disk.openFiles(), () -> "files left open, seed " + seed);
  }

  /** Appends and deletes until the store can no longer, or for long enough. */
  void live() {
    told.values().forEach(Told::endProgram);
    try (FileChunkStore store = open()) {
      for (int step = 0; step < 25; step++) {
        if (random.nextInt(8) == 0) {
          delete(store, document());
        } else {
          append(store);
        }
      }
    } catch (SyncException.Unavailable _) {
      // Could not be opened: nothing was told.
    }
    assertEquals(0, disk.openFiles(), () -> "files left open, seed " + seed);
  }

  /** A program that dies tears nothing but the end of the log. */
  void checkUndamaged() {
    try (FileChunkStore store = open()) {
      assertEquals(0, store.status().damaged(), () -> "seed " + seed);
    }
  }

  void check(String what) {
    try (FileChunkStore store = open()) {
      for (int d = 0; d < DOCUMENTS; d++) {
        var document = new DocumentId((long) d << 60, d);
        var shown = new ArrayList<Integer>();
        store.scan(document, (position, chunk) -> shown.add(ByteBuffer.wrap(chunk).getInt()));
        settle(told.computeIfAbsent(document, id -> new Told()), shown, what);
        boolean listed = store.list(Optional.empty(), 100).contains(document);
        assertEquals(!shown.isEmpty(), listed, () -> what + ", seed " + seed);
      }
    }
  }

  private void settle(Told story, List<Integer> shown, String what) {
    String context =
        what
            + ", seed "
            + seed
            + ": shown "
            + shown
            + ", durable "
            + story.durable
            + ", unknown "
            + story.unknown;
    story.endProgram();
    var known = new ArrayList<>(shown);
    known.removeAll(story.unknownBefore);
    for (List<Integer> group : story.allOrNone) {
      assertTrue(shown.containsAll(group) || !known.removeAll(group), context);
      known.removeAll(group);
    }
    assertEquals(story.durable, known, context);
    assertEquals(shown.stream().sorted().toList(), shown, context);
    story.clear();
    story.durable.addAll(shown);
  }

  private void append(ChunkStore store) {
    List<Integer> failedBefore =
        told.values().stream().flatMap(story -> story.unknown.stream()).toList();
    var air = new ArrayList<InTheAir>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      var chunks = new ArrayList<Integer>();
      byte[][] bytes = new byte[random.nextInt(1, 4)][];
      for (int c = 0; c < bytes.length; c++) {
        bytes[c] = ByteBuffer.allocate(random.nextInt(4, 120)).putInt(next).array();
        chunks.add(next++);
      }
      DocumentId document = document();
      air.add(new InTheAir(document, chunks, ToldAppend.to(store, document, bytes)));
    }
    for (InTheAir one : air) {
      Told story = told.computeIfAbsent(one.document(), id -> new Told());
      (one.append().isDurable() ? story.durable : story.unknown).addAll(one.chunks());
    }
    if (air.stream().anyMatch(one -> one.append().isDurable())) {
      // Something later is durable: what had failed before must not come back.
      told.values().forEach(story -> story.unknown.removeAll(failedBefore));
    }
  }

  private void delete(ChunkStore store, DocumentId document) {
    Told story = told.computeIfAbsent(document, id -> new Told());
    try {
      store.delete(document);
      story.clear();
    } catch (SyncException.Unavailable _) {
      story.deletionUnknown = true;
    }
  }

  private DocumentId document() {
    int d = random.nextInt(DOCUMENTS);
    return new DocumentId((long) d << 60, d);
  }
}

package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.KilledProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that appends is killed at random moments: whatever it acknowledged is there. */
final class KillTest {

  private static final int ROUNDS = Boolean.getBoolean("syncline.full") ? 100 : 10;
  private static final int DOCUMENTS = 5;

  @TempDir Path directory;

  @Test
  void nothingAcknowledgedIsLostByKill() throws Exception {
    var random = new Random(42);
    var acknowledged = new HashMap<Integer, List<Long>>();
    var stored = new HashMap<Integer, Long>();
    for (int round = 0; round < ROUNDS; round++) {
      killAfter(random.nextInt(1, 2_000), acknowledged);
      try (var store = open(directory)) {
        for (int d = 0; d < DOCUMENTS; d++) {
          var shown = new HashMap<Long, Long>();
          var numbers = new ArrayList<Long>();
          store.scan(
              document(d),
              (position, chunk) -> {
                numbers.add(ByteBuffer.wrap(chunk).getLong());
                shown.put(position, numbers.getLast());
              });
          for (int i = 0; i < numbers.size(); i++) {
            assertEquals(i, numbers.get(i), "no gap, nothing twice");
          }
          var positions = acknowledged.getOrDefault(d, List.of());
          for (int i = 0; i < positions.size(); i++) {
            assertEquals(i, shown.get(positions.get(i)), "round " + round + ", chunk " + i);
          }
          stored.put(d, (long) numbers.size());
          acknowledged.put(d, positionsOf(shown));
        }
        assertEquals(0, store.status().damaged());
        assertEquals(bytes(), store.status().storedBytes(), "round " + round);
      }
    }
    assertTrue(stored.values().stream().mapToLong(Long::longValue).sum() > ROUNDS);
  }

  private long bytes() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** What was not acknowledged but is there has to stay as well from now on. */
  private static List<Long> positionsOf(Map<Long, Long> shown) {
    return new ArrayList<>(
        shown.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList());
  }

  private void killAfter(int acknowledgements, Map<Integer, List<Long>> acknowledged)
      throws IOException, InterruptedException {
    KilledProgram.run(
        KillTest.class,
        List.of(directory.toString()),
        acknowledgements,
        line -> {
          String[] words = line.split(" ", -1);
          if (words.length == 3) {
            acknowledged
                .computeIfAbsent(Integer.parseInt(words[0]), d -> new ArrayList<>())
                .add(Long.parseLong(words[1]));
          }
        });
  }

  private static DocumentId document(int d) {
    return new DocumentId((long) d << 61, d);
  }

  private static FileChunkStore open(Path directory) {
    // Small, so that kills meet checkpoints as often as the log.
    return FileChunkStore.open(
        FileStoreSettings.in(directory)
            .withBytes(40_000, 20_000, 10_000)
            .withTimes(Duration.ofMillis(50), Duration.ofMillis(50)),
        InstantSource.system());
  }

  /** The program that is killed: counts upwards in each document, and says what is durable. */
  @SuppressWarnings("SystemOut")
  static void main(String[] arguments) {
    FileChunkStore store = open(Path.of(arguments[0]));
    long[] next = new long[DOCUMENTS];
    for (int d = 0; d < DOCUMENTS; d++) {
      int counted = d;
      store.scan(document(d), (position, chunk) -> next[counted]++);
    }
    var random = new Random();
    while (true) {
      int d = random.nextInt(DOCUMENTS);
      byte[] chunk = ByteBuffer.allocate(random.nextInt(8, 200)).putLong(next[d]++).array();
      store.append(document(d), List.of(chunk), new Said(d));
    }
  }

  private record Said(int document) implements ChunkStore.Append {
    @Override
    public void durable(long[] positions) {
      System.out.print(document + " " + positions[0] + " .\n");
      System.out.flush();
    }

    @Override
    public void failed(SyncException cause) {
      throw cause;
    }
  }
}

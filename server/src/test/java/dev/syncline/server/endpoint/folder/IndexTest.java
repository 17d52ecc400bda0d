package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.testkit.MapSnapshot;
import dev.syncline.testkit.MemoryContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What the index saves, and that it never hides a change. */
final class IndexTest extends FolderStage {

  private final AtomicLong reads = new AtomicLong();

  private Seams counting() {
    return Seams.none().withReading(file -> reads.incrementAndGet());
  }

  @Test
  void unchangedFilesAreNotReadAgain() {
    try (var endpoint = open(counting())) {
      MapSnapshot base = settled(endpoint);
      reads.set(0);
      assertEquals(Map.of(), texts(look(endpoint, base)));
      assertEquals(0, reads.get());
      folder().write("a", "changed");
      assertEquals(Map.of("a", "~changed"), texts(look(endpoint, base)));
      assertEquals(1, reads.get());
    }
  }

  @Test
  void notEvenAfterARestart() {
    MapSnapshot base;
    try (var endpoint = open(counting())) {
      base = settled(endpoint);
    }
    reads.set(0);
    try (var endpoint = open(counting())) {
      assertEquals(Map.of(), texts(look(endpoint, base)));
      assertEquals(0, reads.get());
    }
  }

  @Test
  void whatTheLedgerMayHaveLostIsPutAgain() {
    folder().write("a", "one");
    MapSnapshot base;
    try (var endpoint = open()) {
      base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      folder().write("a", "two");
      look(endpoint, base);
    }
    var afterCrash = new MemoryContents();
    try (var endpoint = open()) {
      Observed seen = endpoint.observe(base, new Hints.Everywhere(), afterCrash);
      ContentId two =
          seen.changes().byPath().firstEntry().getValue().after().orElseThrow().content();
      assertEquals("two", afterCrash.text(two));
    }
  }

  @Test
  void aDamagedIndexIsAsGoodAsNone() throws IOException {
    MapSnapshot base;
    try (var endpoint = open(counting())) {
      base = settled(endpoint);
    }
    byte[] whole = Files.readAllBytes(folder().at(".syncline-folder/index"));
    var random = new Random(7);
    for (int round = 0; round < 60; round++) {
      byte[] damaged = whole.clone();
      if (round % 2 == 0) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      } else {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      }
      Files.write(folder().at(".syncline-folder/index"), damaged);
      assertEquals(Optional.empty(), new IndexFile(folder().at(".syncline-folder/index")).read());
      try (var endpoint = open(counting())) {
        assertEquals(Map.of(), texts(look(endpoint, base)));
      }
    }
  }

  @Test
  void theIndexComesBackAsItWasWritten() throws IOException {
    try (var endpoint = open()) {
      folder().write("deep/er/file", "x");
      folder().link("link", "nowhere");
      folder().write("caf\u00e9\n/\ud83e\udd8a", "y");
      look(endpoint, MapSnapshot.EMPTY);
    }
    var file = new IndexFile(folder().at(".syncline-folder/index"));
    IndexedFolder read = file.read().orElseThrow();
    byte[] first = Files.readAllBytes(folder().at(".syncline-folder/index"));
    file.write(read);
    assertEquals(
        HexFormat.of().formatHex(first),
        HexFormat.of().formatHex(Files.readAllBytes(folder().at(".syncline-folder/index"))));
  }

  @Test
  void aChangeThatKeepsSizeAndTimeIsSeen() throws IOException {
    try (var endpoint = open()) {
      folder().write("a", "one");
      FileTime time = FileTime.fromMillis(1_000_000_000_000L);
      Files.setLastModifiedTime(folder().at("a"), time);
      MapSnapshot base = settled(endpoint);
      folder().write("a", "two");
      Files.setLastModifiedTime(folder().at("a"), time);
      assertEquals(Map.of("a", "~two"), texts(look(endpoint, base)));
    }
  }

  @Test
  void aChangeInTheSameTickAsTheLookIsSeen() {
    try (var endpoint = open()) {
      for (int i = 0; i < 300; i++) {
        folder().write("a", String.format("%04d", i));
        MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
        folder().write("a", String.format("%04d", i + 5000));
        assertEquals(
            Map.of("a", "~" + String.format("%04d", i + 5000)), texts(look(endpoint, base)));
      }
    }
  }

  @Test
  void theBaseIsNotReadForWhatIsUnchanged() {
    try (var endpoint = open()) {
      MapSnapshot files = settled(endpoint);
      var base = new CountedSnapshot(files);
      look(endpoint, base);
      base.lookups.set(0);
      look(endpoint, base);
      look(endpoint, base);
      assertEquals(0, base.lookups.get());
      folder().write("a", "changed");
      look(endpoint, base);
      assertTrue(base.lookups.get() < 10, "only what changed: " + base.lookups);
      var changed = Map.of("a", modify("one", "changed"), "b", modify("two", "other"));
      var newer = new CountedSnapshot(files.with(changes(changed)));
      assertEquals(Map.of("b", "~two"), texts(look(endpoint, newer)));
      assertTrue(newer.lookups.get() < 10, "only what differs between the bases");
      assertEquals(Map.of("a", "~changed"), texts(look(endpoint, base)));
    }
  }

  @Test
  void aBaseOfAnotherMappingIsComparedAnew() {
    try (var endpoint = open()) {
      MapSnapshot files = settled(endpoint);
      assertEquals(Map.of(), texts(look(endpoint, files)));
      var other =
          new CountedSnapshot(files) {
            @Override
            public Changes since(Snapshot older) {
              throw new IllegalArgumentException(
                  "snapshots of different mappings can't be compared");
            }
          };
      assertEquals(Map.of(), texts(look(endpoint, other)));
    }
  }

  /** Some files, looked at until nobody doubts their times. */
  private MapSnapshot settled(FolderEndpoint endpoint) {
    folder().write("a", "one");
    folder().write("b", "two");
    folder().write("c/d", "three");
    MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
    long before;
    do {
      before = reads.get();
      look(endpoint, base);
    } while (reads.get() > before);
    return base;
  }

  /** Counts what is asked of it. */
  private static class CountedSnapshot implements Snapshot {
    final AtomicLong lookups = new AtomicLong();
    private final MapSnapshot files;

    CountedSnapshot(MapSnapshot files) {
      this.files = files;
    }

    @Override
    public Optional<FileVersion> at(FilePath path) {
      lookups.incrementAndGet();
      return files.at(path);
    }

    @Override
    public boolean isFolder(FilePath path) {
      return files.isFolder(path);
    }

    @Override
    public Changes since(Snapshot older) {
      return files.since(older instanceof CountedSnapshot counted ? counted.files : older);
    }

    @Override
    public void forEach(BiConsumer<FilePath, FileVersion> visitor) {
      lookups.addAndGet(1_000);
      files.forEach(visitor);
    }
  }
}

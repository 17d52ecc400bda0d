package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Applied.Result;
import dev.syncline.core.port.Observed;
import dev.syncline.testkit.MapSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Odd shapes of folders, and random histories of both sides. */
final class StructureTest extends FolderStage {

  private static final int HISTORIES = Boolean.getBoolean("syncline.full") ? 100 : 5;
  private static final int STEPS = 25;

  @Test
  void aThousandFoldersInEachOther() {
    String deep = "d/".repeat(1_000);
    try (var endpoint = open()) {
      var changes = Map.of(deep + "file", add("one"), "d/d/other", add("two"));
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      MapSnapshot base = MapSnapshot.EMPTY.with(changes(changes));
      assertEquals(Map.of(), texts(look(endpoint, base)));
      var more = Map.of(deep + "file", modify("one", "changed"));
      assertEquals(allDone(more), deliver(endpoint, more).results());
      base = base.with(changes(more));
      assertEquals(Map.of(), texts(lookAt(endpoint, base, deep + "file")));
      var gone = Map.of(deep + "file", removal("changed"));
      assertEquals(allDone(gone), deliver(endpoint, gone).results());
      assertTrue(folder().has("d/d/other"));
      assertTrue(!folder().has("d/d/d"), "all folders that became empty are gone");
    }
    try (var restarted = open()) {
      assertEquals(Map.of(), texts(look(restarted, base(Map.of("d/d/other", "two")))));
    }
  }

  @Test
  void whatIsTooDeepForTheSystemIsUnseenOrSeenButNeverLost() throws Exception {
    try (var endpoint = open()) {
      folder().write("a", "one");
      // Deeper than any path that the system takes at once.
      var script =
          "cd '"
              + folder().root()
              + "' && for i in $(seq 30); do mkdir -p "
              + "x".repeat(200)
              + " && cd "
              + "x".repeat(200)
              + " || exit 1; done; echo deep > file";
      ObserveTest.run("bash", "-c", script);
      Observed observed = look(endpoint, MapSnapshot.EMPTY);
      assertEquals("+one", texts(observed).get("a"));
      MapSnapshot base = after(MapSnapshot.EMPTY, observed);
      assertEquals(Map.of(), texts(look(endpoint, base)), "looking again gives the same");
      ObserveTest.run("rm", "-rf", folder().at("x".repeat(200)).toString());
    }
  }

  @Test
  void aHardLinkIsTwoFiles() throws IOException {
    try (var endpoint = open()) {
      folder().write("a", "one");
      Files.createLink(folder().at("b"), folder().at("a"));
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      assertEquals(base(Map.of("a", "one", "b", "one")), base);
      var changes = Map.of("a", modify("one", "two"));
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      assertEquals(Optional.of("one"), folder().read("b"));
      assertEquals(Map.of(), texts(look(endpoint, base.with(changes(changes)))));
    }
  }

  @Test
  void foldersThatChangePlacesAreSeen() throws IOException {
    try (var endpoint = open()) {
      folder().write("archives/drafts/january", "1");
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      Files.move(folder().at("archives/drafts"), folder().at("january"));
      Files.move(folder().at("archives"), folder().at("january/archives"));
      assertEquals(
          Map.of("january/january", "+1", "archives/drafts/january", "-1"),
          texts(lookAt(endpoint, base, "archives", "january")));
    }
  }

  @Test
  void bothSidesComeTogetherWhateverTheyDo() {
    long seed = Boolean.getBoolean("syncline.full") ? System.nanoTime() : 20261121;
    for (int history = 0; history < HISTORIES; history++) {
      long number = seed + history;
      assertEquals(Optional.empty(), play(number), () -> "seed " + number);
    }
  }

  /** Lets a person and a ledger change files, and syncs now and then; answers what is wrong. */
  private Optional<String> play(long seed) {
    var random = new Random(seed);
    var place = new LocalFolder(directory.resolve("history" + seed));
    MapSnapshot base = MapSnapshot.EMPTY;
    var endpoint = open(settings(place.root()), Seams.none());
    try {
      for (int step = 0; step < STEPS; step++) {
        for (int i = random.nextInt(6); i > 0; i--) {
          act(place, random);
        }
        if (random.nextInt(8) == 0) {
          endpoint.close();
          endpoint = open(settings(place.root()), Seams.none());
        }
        base = after(base, look(endpoint, base));
        if (random.nextInt(3) == 0) {
          act(place, random); // which the delivery may run into
        }
        var wanted = ledgerChanges(base, random);
        var results = deliver(endpoint, wanted).results();
        wanted
            .keySet()
            .removeIf(path -> !new Result.Done().equals(results.get(new FilePath(path))));
        base = base.with(changes(wanted));
      }
      base = after(base, look(endpoint, base));
      if (!base.equals(base(onDisk(place)))) {
        return Optional.of(base + " is not " + onDisk(place));
      }
      var fresh = open(settings(place.root()), Seams.none());
      return texts(look(fresh, base)).isEmpty()
          ? Optional.empty()
          : Optional.of(texts(look(fresh, base)).toString());
    } finally {
      endpoint.close();
    }
  }

  private static void act(LocalFolder place, Random random) {
    String path = path(random);
    try {
      if (random.nextInt(3) == 0 && Files.isRegularFile(place.at(path))) {
        place.remove(path);
      } else if (!Files.isDirectory(place.at(path))) {
        place.write(path, "theirs " + random.nextInt(10));
      }
    } catch (UncheckedIOException _) {
      // A folder is a file at this moment: then nothing is done.
    }
  }

  private Map<String, FileChange> ledgerChanges(MapSnapshot base, Random random) {
    var files = new TreeMap<>(base.files());
    for (int i = random.nextInt(6); i > 0; i--) {
      var path = new FilePath(path(random));
      files.keySet().removeIf(other -> other.isUnder(path) || path.isUnder(other));
      if (random.nextInt(3) == 0) {
        files.remove(path);
      } else {
        files.put(path, file("ours " + random.nextInt(10)));
      }
    }
    var wanted = new HashMap<String, FileChange>();
    new MapSnapshot(files)
        .since(base)
        .byPath()
        .forEach((path, change) -> wanted.put(path.value(), change));
    return wanted;
  }

  private static String path(Random random) {
    String[] names = {"a", "b", "c"};
    var path = new StringBuilder(names[random.nextInt(3)]);
    for (int depth = random.nextInt(3); depth > 0; depth--) {
      path.append('/').append(names[random.nextInt(3)]);
    }
    return path.toString();
  }

  private static Map<String, String> onDisk(LocalFolder place) {
    return LocalFolder.attempt(() -> {
      var texts = new TreeMap<String, String>();
      try (var files = Files.walk(place.root())) {
        for (var file : (Iterable<Path>) files::iterator) {
          String path = place.root().relativize(file).toString();
          if (Files.isRegularFile(file) && !path.startsWith(PrivateFolder.NAME)) {
            texts.put(path, Files.readString(file));
          }
        }
      }
      return texts;
    });
  }
}

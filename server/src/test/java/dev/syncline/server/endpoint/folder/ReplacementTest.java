package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Applied.Result;
import dev.syncline.testkit.MapSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Somebody else writes at the worst of all moments: whatever they wrote is there afterwards, under
 * its name or beside it.
 */
final class ReplacementTest extends FolderStage {

  /** What somebody does in between. */
  private record Act(String name, Consumer<LocalFolder> what) {}

  private static final List<Act> ACTS =
      List.of(
          new Act("writes", folder -> folder.write("a", "theirs")),
          new Act("saves", folder -> folder.save("a", "theirs")),
          new Act("saves the same size and time", ReplacementTest::saveInDisguise),
          new Act(
              "makes a folder",
              folder -> {
                if (folder.has("a")) {
                  folder.remove("a");
                }
                folder.write("a/theirs", "theirs");
              }),
          new Act(
              "saves twice",
              folder -> {
                folder.save("a", "theirs before");
                folder.save("a", "theirs");
              }));

  private int folders;

  @TestFactory
  List<DynamicTest> nothingThatSomebodyWritesIsLost() {
    var tests = new ArrayList<DynamicTest>();
    for (boolean nativeFiles : new boolean[] {true, false}) {
      for (Act act : ACTS) {
        for (String moment : List.of("checked", "swapped")) {
          for (String change : List.of("added", "modified", "removed")) {
            String name =
                act.name()
                    + " when it was "
                    + moment
                    + " to be "
                    + change
                    + (nativeFiles ? "" : ", in plain Java");
            tests.add(
                DynamicTest.dynamicTest(name, () -> survives(act, moment, change, nativeFiles)));
          }
        }
      }
    }
    return tests;
  }

  private void survives(Act act, String moment, String change, boolean nativeFiles)
      throws IOException {
    var place = new LocalFolder(directory.resolve("root" + ++folders));
    var moments =
        new Moments() {
          @Override
          public void checked(String where) {
            if (moment.equals("checked")) {
              act.what().accept(place);
            }
          }

          @Override
          public void swapped(String where) {
            if (moment.equals("swapped") && (place.has("a") || !change.equals("removed"))) {
              act.what().accept(place);
            }
          }
        };
    var seams = Seams.none().withReplacing(moments);
    try (var endpoint =
        open(settings(place.root()), nativeFiles ? seams : seams.withoutNativeFiles())) {
      MapSnapshot base = MapSnapshot.EMPTY;
      if (!change.equals("added")) {
        place.write("a", "before");
        base = base(Map.of("a", "before"));
      }
      look(endpoint, base);
      Result result =
          deliver(endpoint, Map.of("a", change(change))).results().get(new FilePath("a"));
      boolean acted = texts(place).stream().anyMatch(text -> text.startsWith("theirs"));
      boolean nobodyActed = moment.equals("swapped") && !change.equals("modified");
      assertTrue(acted || nobodyActed, () -> texts(place) + " " + result);
      if (moment.equals("checked")) {
        assertInstanceOf(Result.Moved.class, result);
        assertTrue(texts(place).contains("theirs"));
        assertTrue(place.has("a"), "under its own name");
      }
      assertEquals(Set.of(), ApplyTest.names(place.at(".syncline-folder/work")));
    }
  }

  @Test
  void whoRemovesAFileThatIsBeingReplacedHasRemovedIt() {
    var moments =
        new Moments() {
          @Override
          public void checked(String where) {
            folder().remove("a");
          }
        };
    for (boolean nativeFiles : new boolean[] {true, false}) {
      var seams = Seams.none().withReplacing(moments);
      try (var endpoint = open(nativeFiles ? seams : seams.withoutNativeFiles())) {
        folder().write("a", "before");
        var result = deliver(endpoint, Map.of("a", change("modified")));
        assertInstanceOf(Result.Moved.class, result.results().get(new FilePath("a")));
        assertEquals(Optional.empty(), folder().read("a"));
      }
    }
  }

  @Test
  void whoWritesOverBothVersionsFindsBothOfTheirs() {
    var moments =
        new Moments() {
          @Override
          public void checked(String where) {
            folder().save("a", "theirs, the first");
          }

          @Override
          public void swapped(String where) {
            folder().save("a", "theirs, the second");
          }
        };
    try (var endpoint = open(Seams.none().withReplacing(moments))) {
      folder().write("a", "before");
      var result = deliver(endpoint, Map.of("a", change("modified")));
      assertInstanceOf(Result.Moved.class, result.results().get(new FilePath("a")));
      assertEquals(Optional.of("theirs, the second"), folder().read("a"));
      assertEquals(Optional.of("theirs, the first"), folder().read("a.unseen-1"));
      assertEquals(
          Map.of("a", "+theirs, the second", "a.unseen-1", "+theirs, the first"),
          texts(look(endpoint, MapSnapshot.EMPTY)));
    }
  }

  private FileChange change(String kind) {
    return switch (kind) {
      case "added" -> add("ours");
      case "modified" -> modify("before", "ours");
      default -> removal("before");
    };
  }

  /** As programs do that set the time back after they wrote. */
  private static void saveInDisguise(LocalFolder folder) {
    LocalFolder.attempt(() -> {
      FileTime time =
          folder.has("a")
              ? Files.getLastModifiedTime(folder.at("a"))
              : FileTime.fromMillis(1_000_000);
      folder.write("a", "theirs");
      return Files.setLastModifiedTime(folder.at("a"), time);
    });
  }

  /** All that is in the folder, wherever. */
  private static Set<String> texts(LocalFolder folder) {
    return LocalFolder.attempt(() -> {
      var texts = new TreeSet<String>();
      try (Stream<Path> files = Files.walk(folder.root())) {
        for (var file : (Iterable<Path>) files::iterator) {
          if (Files.isRegularFile(file) && !file.toString().contains(PrivateFolder.NAME)) {
            texts.add(Files.readString(file));
          }
        }
      }
      return texts;
    });
  }
}

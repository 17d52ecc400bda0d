package dev.syncline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Applied.Result;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Observed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every {@link Endpoint} must do, whatever the place. */
public abstract class EndpointContract extends EndpointStage {

  /** The same place at each call during one test, as after a restart. */
  protected abstract Endpoint open();

  /** Writes a file there as people do: without the endpoint's help or knowledge. */
  protected abstract void write(String path, String text);

  /** Removes a file there as people do, and the folder that became empty. */
  protected abstract void remove(String path);

  /** What a file there holds; empty if there is none. */
  protected abstract Optional<String> read(String path);

  /** Makes the place unreachable; false if that never happens to it. */
  protected abstract boolean takeAway();

  @Test
  void anEmptyPlaceShowsNothing() {
    try (Endpoint endpoint = open()) {
      Observed observed = look(endpoint, MapSnapshot.EMPTY);
      assertEquals(Changes.NONE, observed.changes());
      assertEquals(Map.of(), observed.unseen());
      assertEquals(Observed.Rest.NOTHING, observed.rest());
    }
  }

  @Test
  void whatIsThereIsSeenWithItsContents() {
    write("a.txt", "one");
    write("folder/b.txt", "two");
    write("empty", "");
    try (Endpoint endpoint = open()) {
      Observed observed = look(endpoint, MapSnapshot.EMPTY);
      assertEquals(Map.of("a.txt", "+one", "folder/b.txt", "+two", "empty", "+"), texts(observed));
    }
  }

  @Test
  void lookingAgainGivesTheSame() {
    write("a", "one");
    write("b/c", "two");
    try (Endpoint endpoint = open()) {
      MapSnapshot base = base(Map.of("a", "zero", "gone", "was here"));
      Observed first = look(endpoint, base);
      assertEquals(first, look(endpoint, base));
      assertEquals(Map.of("a", "~one", "b/c", "+two", "gone", "-was here"), texts(first));
    }
    try (Endpoint restarted = open()) {
      MapSnapshot base = base(Map.of("a", "zero", "gone", "was here"));
      assertEquals(
          Map.of("a", "~one", "b/c", "+two", "gone", "-was here"), texts(look(restarted, base)));
    }
  }

  @Test
  void whatTheBaseHoldsTooIsNoChange() {
    write("a", "one");
    write("b", "two");
    try (Endpoint endpoint = open()) {
      assertEquals(Map.of("b", "+two"), texts(look(endpoint, base(Map.of("a", "one")))));
      assertEquals(Map.of("a", "+one"), texts(look(endpoint, base(Map.of("b", "two")))));
      assertEquals(Map.of(), texts(look(endpoint, base(Map.of("a", "one", "b", "two")))));
      assertEquals(Map.of("a", "+one", "b", "+two"), texts(look(endpoint, MapSnapshot.EMPTY)));
    }
  }

  @Test
  void eachLookSeesWhatChangedSinceItsBase() {
    write("a", "one");
    write("b", "two");
    try (Endpoint endpoint = open()) {
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      write("a", "changed");
      remove("b");
      write("c", "new");
      Observed observed = look(endpoint, base);
      assertEquals(Map.of("a", "~changed", "b", "-two", "c", "+new"), texts(observed));
      assertEquals(Map.of(), texts(look(endpoint, after(base, observed))));
    }
  }

  @Test
  void aHintIsEnough() {
    write("a", "one");
    write("folder/b", "two");
    write("folder/deep/c", "three");
    try (Endpoint endpoint = open()) {
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      write("a", "one more");
      assertEquals(Map.of("a", "~one more"), texts(lookAt(endpoint, base, "a")));
      write("a", "one");
      write("folder/deep/c", "changed");
      write("folder/new/d", "new");
      assertEquals(
          Map.of("folder/deep/c", "~changed", "folder/new/d", "+new"),
          texts(lookAt(endpoint, base, "folder")));
    }
  }

  @Test
  void aHintMayNameAFolderThatIsGone() {
    write("folder/b", "two");
    write("folder/deep/c", "three");
    try (Endpoint endpoint = open()) {
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      remove("folder/b");
      remove("folder/deep/c");
      assertEquals(
          Map.of("folder/b", "-two", "folder/deep/c", "-three"),
          texts(lookAt(endpoint, base, "folder")));
    }
  }

  @Test
  void aHintMayBeWrong() {
    write("a", "one");
    try (Endpoint endpoint = open()) {
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      assertEquals(
          Map.of(), texts(lookAt(endpoint, base, "a", "never/was", "a/file/is/no/folder")));
    }
  }

  @Test
  void aPlaceThatIsMissingIsNotEmpty() {
    write("a", "one");
    try (Endpoint endpoint = open()) {
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      if (takeAway()) {
        assertThrows(SyncException.Unavailable.class, () -> look(endpoint, base));
        assertThrows(
            SyncException.Unavailable.class, () -> deliver(endpoint, Map.of("b", add("two"))));
      }
    }
  }

  @Test
  void whatIsDeliveredIsThereAndIsNoChange() {
    write("a", "one");
    write("gone", "bye");
    try (Endpoint endpoint = open()) {
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      var changes =
          Map.of(
              "a", modify("one", "two"), "b/c", add("three"), "gone", removal("bye"), "e", add(""));
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      assertEquals(Optional.of("two"), read("a"));
      assertEquals(Optional.of("three"), read("b/c"));
      assertEquals(Optional.of(""), read("e"));
      assertEquals(Optional.empty(), read("gone"));
      MapSnapshot now = base.with(changes(changes));
      assertEquals(Map.of(), texts(look(endpoint, now)));
      assertEquals(Map.of(), texts(lookAt(endpoint, now, "a", "b", "gone", "e")));
      try (Endpoint restarted = open()) {
        assertEquals(Map.of(), texts(look(restarted, now)));
      }
    }
  }

  @Test
  void whatMovedMeanwhileIsLeftAlone() {
    write("modified", "one");
    write("removed", "one");
    write("edited", "one");
    write("fine", "one");
    try (Endpoint endpoint = open()) {
      look(endpoint, MapSnapshot.EMPTY);
      write("modified", "theirs");
      write("edited", "theirs");
      write("created", "theirs");
      remove("removed");
      Applied applied =
          deliver(
              endpoint,
              Map.of(
                  "modified", modify("one", "ours"),
                  "edited", removal("one"),
                  "created", add("ours"),
                  "removed", modify("one", "ours"),
                  "fine", modify("one", "ours")));
      assertEquals(
          Set.of("modified", "edited", "created", "removed"),
          applied.results().entrySet().stream()
              .filter(each -> each.getValue() instanceof Result.Moved)
              .map(each -> each.getKey().value())
              .collect(Collectors.toSet()));
      assertTrue(applied.isDone(new FilePath("fine")), "the others don't stop it");
      assertEquals(Optional.of("theirs"), read("modified"));
      assertEquals(Optional.of("theirs"), read("edited"));
      assertEquals(Optional.of("theirs"), read("created"));
      assertEquals(Optional.empty(), read("removed"));
      assertEquals(Optional.of("ours"), read("fine"));
    }
  }

  @Test
  void whatIsThereAlreadyIsDone() {
    write("a", "two");
    try (Endpoint endpoint = open()) {
      assertInstanceOf(
          Result.Done.class,
          deliver(endpoint, Map.of("a", modify("one", "two"))).results().get(new FilePath("a")));
      assertInstanceOf(
          Result.Done.class,
          deliver(endpoint, Map.of("b", removal("one"))).results().get(new FilePath("b")));
    }
  }

  @Test
  void aDeliveryNeedsNoLookBefore() {
    write("a", "one");
    try (Endpoint endpoint = open()) {
      var changes = Map.of("a", modify("one", "two"), "b", add("three"));
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      assertEquals(Optional.of("two"), read("a"));
    }
  }

  @Test
  void aFileCanBecomeAFolderAndBack() {
    write("x", "file");
    write("y/z", "in a folder");
    try (Endpoint endpoint = open()) {
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      var swap =
          Map.of(
              "x", removal("file"),
              "x/inside", add("now a folder"),
              "y/z", removal("in a folder"),
              "y", add("now a file"));
      assertEquals(allDone(swap), deliver(endpoint, swap).results());
      assertEquals(Optional.of("now a folder"), read("x/inside"));
      assertEquals(Optional.of("now a file"), read("y"));
      MapSnapshot now = base.with(changes(swap));
      assertEquals(Map.of(), texts(look(endpoint, now)));
      remove("x/inside");
      write("x", "file");
      assertEquals(
          Map.of("x", "+file", "x/inside", "-now a folder"),
          texts(lookAt(endpoint, now, "x/inside", "x")));
    }
  }

  @Test
  void nothingToDoIsDone() {
    try (Endpoint endpoint = open()) {
      assertEquals(Map.of(), deliver(endpoint, Map.of()).results());
    }
  }

  @Test
  void manyFilesAreSeenAndDelivered() {
    for (int i = 0; i < 300; i++) {
      write("seen/" + i % 7 + "/" + i, "text " + i);
    }
    try (Endpoint endpoint = open()) {
      Observed observed = look(endpoint, MapSnapshot.EMPTY);
      assertEquals(300, observed.changes().byPath().size());
      MapSnapshot base = after(MapSnapshot.EMPTY, observed);
      var changes = new HashMap<String, FileChange>();
      for (int i = 0; i < 300; i++) {
        changes.put("delivered/" + i % 11 + "/" + i, add("text " + i));
        changes.put("seen/" + i % 7 + "/" + i, removal("text " + i));
      }
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      assertEquals(Map.of(), texts(look(endpoint, base.with(changes(changes)))));
    }
  }
}

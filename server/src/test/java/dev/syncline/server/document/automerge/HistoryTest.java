package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.GeneratedChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class HistoryTest {

  private final List<GeneratedChange> line = Given.line(5);
  private final History history = new History(1 << 20);

  @Test
  void whatIsNotConfirmedIsInNoHead() {
    assertEquals(2, history.admit(Given.changes(line.subList(0, 2))).size());
    assertEquals(List.of(), history.heads());
    assertTrue(history.isPending());
    history.confirm(new long[] {0});
    assertEquals(Given.hashes(line.subList(0, 1)), history.heads());
    history.confirm(new long[] {1});
    assertEquals(Given.hashes(line.subList(1, 2)), history.heads());
    assertFalse(history.isPending());
  }

  @Test
  void changesInAnyOrderAreAdmittedInOneThatCanBeReplayed() {
    for (int seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      List<GeneratedChange> changes = new ChangeGenerator(random).history(30);
      var shuffled = new ArrayList<>(changes);
      Collections.shuffle(shuffled, random);
      var target = new History(1 << 20);
      var admitted = new ArrayList<ChangeHash>();
      for (GeneratedChange change : shuffled) {
        for (Change added : target.admit(List.of(Given.change(change)))) {
          assertTrue(admitted.containsAll(added.dependencies()), "seed " + seed);
          admitted.add(added.hash());
        }
      }
      assertEquals(30, admitted.size());
      assertEquals(0, target.waiting());
    }
  }

  @Test
  void aChangeIsAdmittedOnce() {
    history.admit(Given.changes(line));
    assertEquals(List.of(), history.admit(Given.changes(line)));
  }

  @Test
  void whatWaitsForAMissingChangeIsAskedForAtItsRoot() {
    history.admit(Given.changes(line.subList(1, 5)));
    assertEquals(4, history.waiting());
    assertEquals(
        Given.hashes(line.subList(0, 1)), history.missingFor(Given.hashes(line.subList(4, 5))));
    assertEquals(5, history.admit(Given.changes(line.subList(0, 1))).size());
    assertEquals(List.of(), history.missingFor(Given.hashes(line.subList(4, 5))));
  }

  @Test
  void aStoredChangeWhoseBaseWasDamagedCountsAgainWhenTheBaseComesBack() {
    history.load(Given.change(line.get(1)), 1);
    history.load(Given.change(line.get(2)), 2);
    assertEquals(List.of(), history.heads());
    List<Change> added = history.admit(Given.changes(line.subList(0, 1)));
    assertEquals(1, added.size());
    history.confirm(new long[] {7});
    assertEquals(Given.hashes(line.subList(2, 3)), history.heads());
    assertArrayEquals(new long[] {1, 2, 7}, history.stored().positions());
  }

  @Test
  void batchesCoverEveryPositionOnceAndAreNeverEmpty() {
    var stored = new History.Stored(new long[] {3, 5, 8, 9}, new int[] {10, 100, 10, 10});
    assertArrayEquals(new long[] {3}, stored.batch(0, 50));
    assertArrayEquals(new long[] {5}, stored.batch(1, 50));
    assertArrayEquals(new long[] {8, 9}, stored.batch(2, 50));
  }

  @Test
  void chunksThatWereJustStoredAreStillInMemory() {
    history.admit(Given.changes(line));
    history.confirm(new long[] {0, 1, 2, 3, 4});
    assertNotNull(history.recent(4));
    assertArrayEquals(line.get(4).chunk(), history.recent(4));
  }

  @Test
  void recentChunksTakeBoundedMemory() {
    var generator = new ChangeGenerator(new Random(4));
    for (int i = 0; i < 100; i++) {
      GeneratedChange change = generator.on(List.of(), 10_000);
      history.admit(List.of(Given.change(change)));
      history.confirm(new long[] {i});
    }
    assertTrue(history.memory() < 200_000, "" + history.memory());
    assertEquals(100, history.size());
  }
}

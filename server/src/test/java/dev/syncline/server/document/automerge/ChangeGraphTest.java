package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.GeneratedChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class ChangeGraphTest {

  private static ChangeGraph graph(List<GeneratedChange> changes) {
    var graph = new ChangeGraph();
    changes.forEach(change -> graph.add(Given.change(change)));
    return graph;
  }

  @Test
  void eachChangeIsFoundByItsHash() {
    List<GeneratedChange> changes = new ChangeGenerator(new Random(1)).history(1000);
    ChangeGraph graph = graph(changes);
    for (int i = 0; i < changes.size(); i++) {
      assertEquals(i, graph.indexOf(Given.hash(changes.get(i))));
      assertEquals(Given.hash(changes.get(i)), graph.hash(i));
      assertEquals(changes.get(i).chunk().length, graph.length(i));
    }
    assertEquals(-1, graph.indexOf(new ChangeHash(1, 2, 3, 4)));
  }

  @Test
  void aChangeIsNotAddedBeforeWhatItBuildsOn() {
    Change second = Given.change(Given.line(2).getLast());
    assertThrows(IllegalStateException.class, () -> new ChangeGraph().add(second));
  }

  @Test
  void headsAreWhatNothingElseBuildsOn() {
    for (int seed = 0; seed < 50; seed++) {
      List<GeneratedChange> changes = new ChangeGenerator(new Random(seed)).history(40);
      Set<String> heads = new HashSet<>();
      for (GeneratedChange change : changes) {
        heads.removeAll(change.dependencies());
        heads.add(change.hash());
      }
      ChangeGraph graph = graph(changes);
      List<ChangeHash> half = graph.headsAfter(List.of(), 0, 20);
      assertEquals(
          heads.stream().sorted().toList(),
          graph.headsAfter(half, 20, 40).stream().map(ChangeHash::toString).toList());
    }
  }

  @Test
  void sinceAnswersWhatOneSideBuildsOnAndTheOtherDoesNot() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      List<GeneratedChange> changes = new ChangeGenerator(random).history(40);
      List<GeneratedChange> want = some(random, changes);
      List<GeneratedChange> have = some(random, changes);
      Set<String> expected = ancestors(changes, want);
      expected.removeAll(ancestors(changes, have));
      int[] indexes = new int[expected.size()];
      int count = 0;
      for (int i = 0; i < changes.size(); i++) {
        if (expected.contains(changes.get(i).hash())) {
          indexes[count++] = i;
        }
      }
      int[] since = graph(changes).since(Given.hashes(want), Given.hashes(have));
      assertArrayEquals(indexes, since, "seed " + seed);
    }
  }

  @Test
  void whatBuildsOnAChangeThatIsSentIsSentThoughAFilterClaimsIt() {
    List<GeneratedChange> line = Given.line(3);
    BloomFilter claimsTheLast = BloomFilter.of(Given.hashes(line.subList(2, 3)));
    assertArrayEquals(
        new int[] {0, 1, 2}, graph(line).notIn(List.of(claimsTheLast), new int[] {0, 1, 2}));
    BloomFilter claimsTheFirst = BloomFilter.of(Given.hashes(line.subList(0, 1)));
    assertEquals(0, graph(line).notIn(List.of(claimsTheFirst), new int[] {0}).length);
  }

  private static List<GeneratedChange> some(Random random, List<GeneratedChange> changes) {
    var some = new ArrayList<GeneratedChange>();
    for (int i = random.nextInt(4); i > 0; i--) {
      some.add(changes.get(random.nextInt(changes.size())));
    }
    return some.stream().distinct().toList();
  }

  private static Set<String> ancestors(List<GeneratedChange> all, List<GeneratedChange> of) {
    Map<String, GeneratedChange> byHash = new HashMap<>();
    all.forEach(change -> byHash.put(change.hash(), change));
    Set<String> ancestors = new HashSet<>();
    var visit = new ArrayList<>(of.stream().map(GeneratedChange::hash).toList());
    while (!visit.isEmpty()) {
      GeneratedChange change = byHash.get(visit.removeLast());
      if (change != null && ancestors.add(change.hash())) {
        visit.addAll(change.dependencies());
      }
    }
    return ancestors;
  }
}

package dev.syncline.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Answers as a tree would, for maps and questions that chance made. */
final class PathMapTest {

  private final Random random = new Random(1);

  @Test
  void itAnswersAsATreeWould() {
    for (int round = 0; round < 200; round++) {
      var tree = new TreeMap<FilePath, Integer>();
      for (int i = random.nextInt(20); i > 0; i--) {
        tree.put(path(), i);
      }
      PathMap<Integer> map = PathMap.copyOf(tree);
      FilePath from = path();
      FilePath to = from.compareTo(path()) < 0 ? path() : from;
      assertEquals(tree, map);
      assertEquals(tree.hashCode(), map.hashCode());
      assertEquals(new ArrayList<>(tree.keySet()), new ArrayList<>(map.keySet()));
      assertEquals(tree.get(from), map.get(from));
      assertEquals(tree.containsKey(from), map.containsKey(from));
      assertEquals(tree.headMap(from), map.headMap(from));
      assertEquals(tree.tailMap(from), map.tailMap(from));
      if (from.compareTo(to) <= 0) {
        assertEquals(tree.subMap(from, to), map.subMap(from, to));
      }
      if (!tree.isEmpty()) {
        assertEquals(tree.firstKey(), map.firstKey());
        assertEquals(tree.lastKey(), map.lastKey());
      }
      var visited = new ArrayList<Integer>();
      map.forEach((path, value) -> visited.add(value));
      assertEquals(List.copyOf(tree.values()), visited);
      assertEquals(
          tree.keySet().stream().filter(path -> path.value().length() > 1).toList(),
          List.copyOf(PathMap.some(tree, (path, value) -> path.value().length() > 1).keySet()));
    }
  }

  @Test
  void itCannotBeChangedAndIsNotCopiedTwice() {
    var tree = new TreeMap<FilePath, Integer>();
    tree.put(new FilePath("a"), 1);
    PathMap<Integer> map = PathMap.copyOf(tree);
    tree.put(new FilePath("b"), 2);
    assertEquals(1, map.size());
    assertSame(map, PathMap.copyOf(map));
    assertThrows(UnsupportedOperationException.class, () -> map.put(new FilePath("c"), 3));
    assertThrows(UnsupportedOperationException.class, map::clear);
    assertThrows(
        UnsupportedOperationException.class, () -> map.entrySet().iterator().next().setValue(2));
  }

  @Test
  void whatIsNotThereIsNot() {
    PathMap<Integer> empty = PathMap.copyOf(new TreeMap<FilePath, Integer>());
    assertTrue(empty.isEmpty());
    assertFalse(empty.containsKey(new FilePath("a")));
    assertThrows(NoSuchElementException.class, empty::firstKey);
    assertThrows(NoSuchElementException.class, () -> empty.entrySet().iterator().next());
  }

  private FilePath path() {
    return new FilePath(
        "a".repeat(1 + random.nextInt(3)) + (random.nextBoolean() ? "/b" + random.nextInt(5) : ""));
  }
}

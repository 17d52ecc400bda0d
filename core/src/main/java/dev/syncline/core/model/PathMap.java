package dev.syncline.core.model;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Paths, each with what belongs to it, in their order. Immutable. Two arrays and no tree, since a
 * run may hold a million paths more than once: 8 bytes each and not 32.
 */
@SuppressWarnings("JdkObsolete") // nobody asks for more than a SortedMap
final class PathMap<V> extends AbstractMap<FilePath, V> implements SortedMap<FilePath, V> {

  private final FilePath[] paths;
  private final V[] values;

  private PathMap(FilePath[] paths, V[] values) {
    this.paths = paths;
    this.values = values;
  }

  /** The same map, so that nobody can change it. */
  static <V> PathMap<V> copyOf(SortedMap<FilePath, V> map) {
    return map instanceof PathMap<V> frozen ? frozen : some(map, (path, value) -> true);
  }

  /** Those of its entries that pass. */
  static <V> PathMap<V> some(SortedMap<FilePath, V> map, BiPredicate<FilePath, V> wanted) {
    FilePath[] paths = new FilePath[map.size()];
    V[] values = array(map.size());
    int count = 0;
    for (Map.Entry<FilePath, V> entry : map.entrySet()) {
      if (wanted.test(entry.getKey(), entry.getValue())) {
        paths[count] = entry.getKey();
        values[count++] = entry.getValue();
      }
    }
    return count == paths.length
        ? new PathMap<>(paths, values)
        : new PathMap<>(Arrays.copyOf(paths, count), Arrays.copyOf(values, count));
  }

  @SuppressWarnings("unchecked") // never seen from outside as an array
  private static <V> V[] array(int length) {
    return (V[]) new Object[length];
  }

  @Override
  public int size() {
    return paths.length;
  }

  @Override
  public @Nullable V get(Object key) {
    int at = find(key);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(Object key) {
    return find(key) >= 0;
  }

  @Override
  public void forEach(BiConsumer<? super FilePath, ? super V> visitor) {
    for (int at = 0; at < paths.length; at++) {
      visitor.accept(paths[at], values[at]);
    }
  }

  @Override
  public Set<Map.Entry<FilePath, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return paths.length;
      }

      @Override
      public Iterator<Map.Entry<FilePath, V>> iterator() {
        return entries();
      }
    };
  }

  @Override
  public @Nullable Comparator<? super FilePath> comparator() {
    return null;
  }

  @Override
  public SortedMap<FilePath, V> subMap(FilePath from, FilePath to) {
    return part(floor(from), floor(to));
  }

  @Override
  public SortedMap<FilePath, V> headMap(FilePath to) {
    return part(0, floor(to));
  }

  @Override
  public SortedMap<FilePath, V> tailMap(FilePath from) {
    return part(floor(from), paths.length);
  }

  @Override
  public FilePath firstKey() {
    return key(0);
  }

  @Override
  public FilePath lastKey() {
    return key(paths.length - 1);
  }

  private FilePath key(int at) {
    if (paths.length == 0) {
      throw new NoSuchElementException();
    }
    return paths[at];
  }

  private int find(Object key) {
    return key instanceof FilePath path ? Arrays.binarySearch(paths, path) : -1;
  }

  /** Where the first path is that does not come before this one. */
  private int floor(FilePath path) {
    int at = Arrays.binarySearch(paths, path);
    return at < 0 ? -at - 1 : at;
  }

  private PathMap<V> part(int from, int to) {
    return new PathMap<>(Arrays.copyOfRange(paths, from, to), Arrays.copyOfRange(values, from, to));
  }

  private Iterator<Map.Entry<FilePath, V>> entries() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < paths.length;
      }

      @Override
      public Map.Entry<FilePath, V> next() {
        if (next == paths.length) {
          throw new NoSuchElementException();
        }
        return Map.entry(paths[next], values[next++]);
      }
    };
  }
}

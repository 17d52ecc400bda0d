package dev.syncline.yjs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongUnaryOperator;

/** Ranges of units that were deleted, by client. Not thread-safe. */
final class Deletions {

  /** Consecutive units. */
  record Range(long clock, long length) {
    long end() {
      return clock + length;
    }
  }

  /** The highest client first, as yjs writes them. */
  private final Map<Long, List<Range>> byClient = new TreeMap<>(Comparator.reverseOrder());

  void add(long client, long clock, long length) {
    List<Range> ranges = byClient.computeIfAbsent(client, _ -> new ArrayList<>());
    if (!ranges.isEmpty() && ranges.getLast().end() == clock) {
      Range last = ranges.removeLast();
      ranges.add(new Range(last.clock, last.length + length));
    } else {
      ranges.add(new Range(clock, length));
    }
  }

  void addAll(Deletions more) {
    more.forEach((client, range) -> add(client, range.clock, range.length));
  }

  /** How many ranges there are. */
  int size() {
    return byClient.values().stream().mapToInt(List::size).sum();
  }

  boolean isEmpty() {
    return byClient.isEmpty();
  }

  void forEach(BiConsumer<Long, Range> visitor) {
    byClient.forEach((client, ranges) -> ranges.forEach(range -> visitor.accept(client, range)));
  }

  /** These and more. */
  Deletions with(Deletions more) {
    if (isEmpty()) {
      return more;
    }
    var both = new Deletions();
    both.addAll(this);
    both.addAll(more);
    return both.tidied();
  }

  /** What is deleted of units that will not be here, in order. */
  Deletions beyond(LongUnaryOperator end) {
    var beyond = new Deletions();
    forEach((client, range) -> {
      long from = Math.max(range.clock, end.applyAsLong(client));
      if (from < range.end()) {
        beyond.add(client, from, range.end() - from);
      }
    });
    return beyond.tidied();
  }

  /** In order, and what touches as one. */
  Deletions tidied() {
    var tidied = new Deletions();
    byClient.forEach((client, ranges) -> {
      var inOrder = new ArrayList<>(ranges);
      inOrder.sort(Comparator.comparingLong(Range::clock));
      long end = -1;
      for (Range range : inOrder) {
        long from = Math.max(range.clock, end);
        if (range.end() > from) {
          tidied.add(client, from, range.end() - from);
          end = range.end();
        }
      }
    });
    return tidied;
  }

  static Deletions read(Input in) {
    var deletions = new Deletions();
    for (int clients = in.count(); clients > 0; clients--) {
      long client = in.varUint();
      for (int ranges = in.count(); ranges > 0; ranges--) {
        long clock = in.varUint();
        long length = in.varUint();
        if (clock + length > Input.MAX_INTEGER) {
          throw Input.malformed("it deletes beyond all clocks");
        }
        if (length > 0) {
          deletions.add(client, clock, length);
        }
      }
    }
    return deletions;
  }

  void write(Output out) {
    out.varUint(byClient.size());
    byClient.forEach((client, ranges) -> {
      out.varUint(client);
      out.varUint(ranges.size());
      for (Range range : ranges) {
        out.varUint(range.clock);
        out.varUint(range.length);
      }
    });
  }
}

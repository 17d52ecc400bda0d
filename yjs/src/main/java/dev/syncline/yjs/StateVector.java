package dev.syncline.yjs;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much of each client's insertions somebody has: of all that are named, that many units; of
 * others, none. Immutable.
 */
public record StateVector(Map<Long, Long> clocks) {

  /** Nothing. */
  public static final StateVector NONE = new StateVector(Map.of());

  public StateVector {
    clocks = Map.copyOf(clocks);
  }

  /** How many units of a client's are had. */
  public long of(long client) {
    return clocks.getOrDefault(client, 0L);
  }

  /**
   * Reads the usual encoding.
   *
   * @throws MalformedUpdateException if it is none
   */
  public static StateVector decode(byte[] bytes) {
    var in = new Input(bytes);
    var clocks = new TreeMap<Long, Long>();
    for (int left = in.count(); left > 0; left--) {
      clocks.merge(in.varUint(), in.varUint(), Math::max);
    }
    if (!in.isAtEnd()) {
      throw Input.malformed("a state vector goes on after its end");
    }
    return new StateVector(clocks);
  }

  /** The usual encoding, the highest client first. */
  public byte[] encode() {
    SortedMap<Long, Long> inOrder = new TreeMap<>(Comparator.reverseOrder());
    inOrder.putAll(clocks);
    inOrder.values().removeIf(clock -> clock == 0);
    var out = new Output();
    out.varUint(inOrder.size());
    inOrder.forEach((client, clock) -> {
      out.varUint(client);
      out.varUint(clock);
    });
    return out.toBytes();
  }
}

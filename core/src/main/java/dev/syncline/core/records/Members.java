package dev.syncline.core.records;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The members of all open objects, one behind the other. Of a name's members the last counts. */
final class Members {

  /** Up to so many are compared with one another. */
  private static final int FEW = 32;

  private long[] names = new long[64];
  private long[] ones = new long[64];
  private long[] twos = new long[64];
  private int count;
  private boolean repeated;
  private long one;
  private long two;

  int count() {
    return count;
  }

  boolean hadRepeated() {
    boolean had = repeated;
    repeated = false;
    return had;
  }

  /** What all members of the closed object mean together. */
  long one() {
    return one;
  }

  long two() {
    return two;
  }

  void add(long nameOne, long nameTwo, long valueOne, long valueTwo) {
    if (count == names.length) {
      names = Arrays.copyOf(names, 2 * count);
      ones = Arrays.copyOf(ones, 2 * count);
      twos = Arrays.copyOf(twos, 2 * count);
    }
    names[count] = nameOne;
    ones[count] = Meaning.memberOne(nameOne, valueOne);
    twos[count] = Meaning.memberTwo(nameTwo, valueTwo);
    count++;
  }

  /** Ends the object whose members begin at {@code from}. */
  void close(int from) {
    boolean many = count - from > FEW;
    Set<Long> seen = many ? new HashSet<>() : Set.of();
    one = Meaning.ONE;
    two = Meaning.TWO;
    for (int i = count - 1; i >= from; i--) {
      if (many ? !seen.add(names[i]) : comesAgain(i)) {
        repeated = true;
      } else {
        one += ones[i];
        two += twos[i];
      }
    }
    count = from;
  }

  private boolean comesAgain(int member) {
    for (int i = member + 1; i < count; i++) {
      if (names[i] == names[member]) {
        return true;
      }
    }
    return false;
  }
}

package dev.syncline.core.merge;

import java.util.BitSet;
import java.util.List;

/**
 * What a side changed, line by line.
 *
 * @param hunks the same in a row
 * @param deleted lines of the base
 * @param added lines of the side
 */
record Changed(List<Hunk> hunks, BitSet deleted, BitSet added) {

  static Changed of(Lines base, Lines side) {
    List<Hunk> hunks = LineDiff.between(base, side);
    var deleted = new BitSet();
    var added = new BitSet();
    for (Hunk hunk : hunks) {
      deleted.set(hunk.base().from(), hunk.base().to());
      added.set(hunk.side().from(), hunk.side().to());
    }
    return new Changed(hunks, deleted, added);
  }
}

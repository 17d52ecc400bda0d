package dev.syncline.core.merge;

import java.util.BitSet;

/**
 * Finds which lines of the base a side deleted and which it inserted: as few as can be, in linear
 * space, by splitting a box where the two fronts meet. Where they don't meet soon, it splits where
 * one of them got furthest: that may find a longer edit, and bounds the time to some {@code
 * MOST_EDITS} steps a line.
 */
final class EditSearch {

  private static final int MOST_EDITS = 256;

  private final int[] base;
  private final int[] side;
  private final EditFront forward;
  private final EditFront backward;
  private final BitSet deleted = new BitSet();
  private final BitSet inserted = new BitSet();

  /** The diagonal on which the fronts met last. */
  private int meeting;

  EditSearch(int[] base, int[] side) {
    this.base = base;
    this.side = side;
    this.forward = EditFront.fromTheBeginning(base, side, MOST_EDITS);
    this.backward = EditFront.fromTheEnd(base, side, MOST_EDITS);
  }

  BitSet deleted() {
    return deleted;
  }

  BitSet inserted() {
    return inserted;
  }

  /** Searches a part. */
  void search(Hunk part) {
    Hunk box = trimmed(part);
    while (!box.isInsertion() && !box.isDeletion()) {
      Split split = split(box);
      // The part whose edit is known to be short is the one to descend into: the stack stays low.
      search(split.known());
      box = trimmed(split.rest());
    }
    deleted.set(box.base().from(), box.base().to());
    inserted.set(box.side().from(), box.side().to());
  }

  private Hunk trimmed(Hunk box) {
    int from = box.base().from();
    int sideFrom = box.side().from();
    int to = box.base().to();
    int sideTo = box.side().to();
    while (from < to && sideFrom < sideTo && base[from] == side[sideFrom]) {
      from++;
      sideFrom++;
    }
    while (from < to && sideFrom < sideTo && base[to - 1] == side[sideTo - 1]) {
      to--;
      sideTo--;
    }
    return new Hunk(new Span(from, to), new Span(sideFrom, sideTo));
  }

  private Split split(Hunk box) {
    int delta = box.base().length() - box.side().length();
    boolean forwardMeets = delta % 2 != 0;
    forward.enter(box);
    backward.enter(box);
    while (forward.edits() < MOST_EDITS) {
      forward.advance();
      if (forwardMeets && meets(forward, backward, delta, box)) {
        return before(box, meeting);
      }
      backward.advance();
      if (!forwardMeets && meets(backward, forward, delta, box)) {
        return after(box, meeting);
      }
    }
    return passed(forward) >= passed(backward)
        ? before(box, forward.furthest())
        : after(box, backward.furthest());
  }

  /** Whether a front passed the other on a diagonal; keeps which. */
  private boolean meets(EditFront moved, EditFront other, int delta, Hunk box) {
    for (int k = -moved.edits(); k <= moved.edits(); k += 2) {
      int x = moved.reached(k);
      int opposite = other.reached(delta - k);
      if (x >= 0 && opposite >= 0 && x + opposite >= box.base().length()) {
        meeting = k;
        return true;
      }
    }
    return false;
  }

  private static int passed(EditFront front) {
    int diagonal = front.furthest();
    return 2 * front.reached(diagonal) - diagonal;
  }

  /** What the forward front passed is known. */
  private Split before(Hunk box, int diagonal) {
    int x = forward.reached(diagonal);
    int y = x - diagonal;
    return new Split(beginning(box, x, y), end(box, x, y));
  }

  /** What the backward front passed is known. */
  private Split after(Hunk box, int diagonal) {
    int x = box.base().length() - backward.reached(diagonal);
    int y = box.side().length() - (backward.reached(diagonal) - diagonal);
    return new Split(end(box, x, y), beginning(box, x, y));
  }

  private static Hunk beginning(Hunk box, int x, int y) {
    int from = box.base().from();
    int sideFrom = box.side().from();
    return new Hunk(new Span(from, from + x), new Span(sideFrom, sideFrom + y));
  }

  private static Hunk end(Hunk box, int x, int y) {
    Span base = box.base();
    Span side = box.side();
    return new Hunk(new Span(base.from() + x, base.to()), new Span(side.from() + y, side.to()));
  }

  /**
   * A box in two, to be searched one after the other.
   *
   * @param known the one whose shortest edit has at most {@link #MOST_EDITS}
   */
  private record Split(Hunk known, Hunk rest) {}
}

package dev.syncline.core.merge;

/**
 * One of the two fronts that search for a shortest edit from opposite corners of a box (Myers, "An
 * O(ND) difference algorithm and its variations", 1986). Both run the same steps: each counts from
 * its own corner, {@code x} lines of the base and {@code y} of the side, on diagonal {@code x - y}.
 */
final class EditFront {

  private static final int UNREACHED = -1;

  private final int[] base;
  private final int[] side;

  /** Plus one if it starts where the box begins, minus one if it starts where the box ends. */
  private final int direction;

  private final int middle;
  private final int[] reach;
  private int baseCorner;
  private int sideCorner;
  private int width;
  private int height;
  private int edits;

  private EditFront(int[] base, int[] side, int direction, int mostEdits) {
    this.base = base;
    this.side = side;
    this.direction = direction;
    this.middle = mostEdits + 1;
    this.reach = new int[2 * mostEdits + 3];
  }

  static EditFront fromTheBeginning(int[] base, int[] side, int mostEdits) {
    return new EditFront(base, side, 1, mostEdits);
  }

  static EditFront fromTheEnd(int[] base, int[] side, int mostEdits) {
    return new EditFront(base, side, -1, mostEdits);
  }

  /** Starts in the corner of another box. */
  void enter(Hunk box) {
    baseCorner = direction > 0 ? box.base().from() : box.base().to() - 1;
    sideCorner = direction > 0 ? box.side().from() : box.side().to() - 1;
    width = box.base().length();
    height = box.side().length();
    edits = 0;
    reach[middle] = snake(0, 0);
  }

  int edits() {
    return edits;
  }

  /** How many lines of the base it passed on a diagonal; less than 0 if it did not get there. */
  int reached(int diagonal) {
    return Math.abs(diagonal) <= edits ? reach[middle + diagonal] : UNREACHED;
  }

  /** Spends one more edit on every second diagonal; the others keep what they had before. */
  void advance() {
    edits++;
    reach[middle - edits] = UNREACHED;
    reach[middle + edits] = UNREACHED;
    for (int k = -edits; k <= edits; k += 2) {
      int below = k == -edits ? UNREACHED : reach[middle + k - 1];
      int above = k == edits ? UNREACHED : reach[middle + k + 1];
      reach[middle + k] = step(below, above, k);
    }
  }

  /** The diagonal on which most lines were passed. */
  int furthest() {
    int best = UNREACHED;
    int furthest = 0;
    for (int k = -edits; k <= edits; k += 2) {
      int x = reached(k);
      if (x >= 0 && 2 * x - k > best) {
        best = 2 * x - k;
        furthest = k;
      }
    }
    return furthest;
  }

  private int step(int below, int above, int diagonal) {
    int x = below >= 0 && below < width ? below + 1 : UNREACHED;
    if (above > x && above - diagonal <= height) {
      x = above;
    }
    return x < 0 ? UNREACHED : snake(x, x - diagonal);
  }

  private int snake(int fromX, int fromY) {
    int x = fromX;
    int y = fromY;
    while (x < width
        && y < height
        && base[baseCorner + direction * x] == side[sideCorner + direction * y]) {
      x++;
      y++;
    }
    return x;
  }
}

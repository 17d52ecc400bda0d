package dev.syncline.core.merge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * What a side changed. Lines that occur once in the base and once in the side, in the same order,
 * belong together ("patience diff"): so a hunk begins and ends where a person would say. Between
 * them the shortest edit is searched.
 */
final class LineDiff {

  private final Lines base;
  private final Lines side;
  private final EditSearch search;

  private LineDiff(Lines base, Lines side) {
    this.base = base;
    this.side = side;
    this.search = new EditSearch(base.ids(), side.ids());
  }

  /** The changed parts in order, each as far down as it can be told; none touches another. */
  static List<Hunk> between(Lines base, Lines side) {
    var diff = new LineDiff(base, side);
    diff.searchBetweenAnchors();
    return diff.slidDown(diff.hunks());
  }

  private void searchBetweenAnchors() {
    int line = 0;
    int sideLine = 0;
    for (int[] anchor : anchors()) {
      search.search(box(line, anchor[0], sideLine, anchor[1]));
      line = anchor[0] + 1;
      sideLine = anchor[1] + 1;
    }
    search.search(box(line, base.count(), sideLine, side.count()));
  }

  private static Hunk box(int from, int to, int sideFrom, int sideTo) {
    return new Hunk(new Span(from, to), new Span(sideFrom, sideTo));
  }

  /** Pairs of lines that surely belong together, in ascending order in both. */
  private List<int[]> anchors() {
    int[] inBase = onlyPlaces(base);
    int[] inSide = onlyPlaces(side);
    var pairs = new ArrayList<int[]>();
    for (int line = 0; line < base.count(); line++) {
      int id = base.id(line);
      if (inBase[id] == line && id < inSide.length && inSide[id] >= 0) {
        pairs.add(new int[] {line, inSide[id]});
      }
    }
    return longestAscending(pairs);
  }

  /** By number of line, where it is; less than 0 if it is nowhere or in several places. */
  private static int[] onlyPlaces(Lines lines) {
    int most = Arrays.stream(lines.ids()).max().orElse(-1);
    int[] places = new int[most + 1];
    Arrays.fill(places, -1);
    var seen = new BitSet();
    for (int line = 0; line < lines.count(); line++) {
      int id = lines.id(line);
      places[id] = seen.get(id) ? -1 : line;
      seen.set(id);
    }
    return places;
  }

  /** As in patience sorting: each pile's top is the smallest end of an ascending row so long. */
  private static List<int[]> longestAscending(List<int[]> pairs) {
    int[] tops = new int[pairs.size()];
    int[] before = new int[pairs.size()];
    int piles = 0;
    for (int i = 0; i < pairs.size(); i++) {
      int low = 0;
      int high = piles;
      while (low < high) {
        int middle = (low + high) / 2;
        boolean goesBehind = pairs.get(tops[middle])[1] < pairs.get(i)[1];
        low = goesBehind ? middle + 1 : low;
        high = goesBehind ? high : middle;
      }
      before[i] = low > 0 ? tops[low - 1] : -1;
      tops[low] = i;
      piles = Math.max(piles, low + 1);
    }
    var longest = new ArrayList<int[]>();
    for (int i = piles > 0 ? tops[piles - 1] : -1; i >= 0; i = before[i]) {
      longest.add(pairs.get(i));
    }
    Collections.reverse(longest);
    return longest;
  }

  private List<Hunk> hunks() {
    var hunks = new ArrayList<Hunk>();
    int line = 0;
    int sideLine = 0;
    while (line < base.count() || sideLine < side.count()) {
      int to = search.deleted().nextClearBit(line);
      int sideTo = search.inserted().nextClearBit(sideLine);
      if (to > line || sideTo > sideLine) {
        hunks.add(box(line, to, sideLine, sideTo));
      }
      // Both stand on the same line now, or on the end.
      line = to + 1;
      sideLine = sideTo + 1;
    }
    return hunks;
  }

  /**
   * Of "a a" from "a", nobody knows which one is new. Both sides must be told the same, or the same
   * insertion would be taken twice: it is the last that can be.
   */
  private List<Hunk> slidDown(List<Hunk> hunks) {
    var slid = new ArrayList<Hunk>();
    for (Hunk hunk : hunks.reversed()) {
      Hunk next = hunk;
      int end = slid.isEmpty() ? base.count() : slid.getLast().base().from();
      next = slidDown(next, end);
      while (!slid.isEmpty() && next.base().to() == slid.getLast().base().from()) {
        next = next.with(slid.removeLast());
        end = slid.isEmpty() ? base.count() : slid.getLast().base().from();
        next = slidDown(next, end);
      }
      slid.add(next);
    }
    return slid.reversed();
  }

  private Hunk slidDown(Hunk hunk, int end) {
    if (!hunk.isInsertion() && !hunk.isDeletion()) {
      return hunk;
    }
    Lines changed = hunk.isInsertion() ? side : base;
    Span span = hunk.isInsertion() ? hunk.side() : hunk.base();
    int lines = 0;
    while (hunk.base().to() + lines < end
        && changed.id(span.from() + lines) == changed.id(span.to() + lines)) {
      lines++;
    }
    return hunk.down(lines);
  }
}

package dev.syncline.core.merge;

import dev.syncline.core.merge.Region.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays the changes of both sides over each other, as {@code diff3} does: changes that overlap or
 * touch are one region, since nobody can say which of two touching insertions comes first.
 */
final class Regions {

  private final ThreeTexts texts;
  private final List<Region> regions = new ArrayList<>();
  private final Leg ours;
  private final Leg theirs;
  private int base;

  private Regions(ThreeTexts texts, List<Hunk> ours, List<Hunk> theirs) {
    this.texts = texts;
    this.ours = new Leg(ours);
    this.theirs = new Leg(theirs);
  }

  /** All regions in order: together they are all lines of all three. */
  static List<Region> of(ThreeTexts texts, List<Hunk> ours, List<Hunk> theirs) {
    var regions = new Regions(texts, ours, theirs);
    regions.lay();
    return regions.regions;
  }

  private void lay() {
    while (ours.hasNext() || theirs.hasNext()) {
      int from = Math.min(ours.nextFrom(), theirs.nextFrom());
      unchangedUntil(from);
      int to = from;
      boolean byOurs = false;
      boolean byTheirs = false;
      while (ours.nextFrom() <= to || theirs.nextFrom() <= to) {
        boolean takesOurs = ours.nextFrom() <= to;
        to = Math.max(to, (takesOurs ? ours : theirs).take());
        byOurs |= takesOurs;
        byTheirs |= !takesOurs;
      }
      changedUntil(to, byOurs, byTheirs);
    }
    unchangedUntil(texts.base().count());
  }

  private void unchangedUntil(int to) {
    if (to > base) {
      add(Change.NOBODY, to);
    }
  }

  private void changedUntil(int to, boolean byOurs, boolean byTheirs) {
    if (!byTheirs) {
      add(Change.OURS, to);
    } else if (!byOurs) {
      add(Change.THEIRS, to);
    } else {
      boolean alike = texts.ours().hasSameLines(ours.span(to), texts.theirs(), theirs.span(to));
      add(alike ? Change.BOTH_ALIKE : Change.BOTH, to);
    }
  }

  private void add(Change by, int to) {
    regions.add(new Region(by, new Span(base, to), ours.span(to), theirs.span(to)));
    base = to;
    ours.reached(to);
    theirs.reached(to);
  }

  /** One side's hunks, and how far it has been laid. */
  private static final class Leg {
    private final List<Hunk> hunks;
    private int next;
    private int at;

    /** How many lines further down a line of the base is in this side. */
    private int shift;

    Leg(List<Hunk> hunks) {
      this.hunks = hunks;
    }

    boolean hasNext() {
      return next < hunks.size();
    }

    int nextFrom() {
      return hasNext() ? hunks.get(next).base().from() : Integer.MAX_VALUE;
    }

    /** Takes a hunk into the region; where it ends in the base. */
    int take() {
      Hunk hunk = hunks.get(next++);
      shift = hunk.side().to() - hunk.base().to();
      return hunk.base().to();
    }

    Span span(int to) {
      return new Span(at, to + shift);
    }

    void reached(int to) {
      at = to + shift;
    }
  }
}

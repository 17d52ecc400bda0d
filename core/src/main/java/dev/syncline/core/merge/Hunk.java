package dev.syncline.core.merge;

/**
 * Lines of the base that a side replaced.
 *
 * @param base where they were; empty if something was only inserted
 * @param side what is there instead; empty if something was only deleted
 */
record Hunk(Span base, Span side) {

  boolean isInsertion() {
    return base.length() == 0;
  }

  boolean isDeletion() {
    return side.length() == 0;
  }

  Hunk down(int lines) {
    return new Hunk(
        new Span(base.from() + lines, base.to() + lines),
        new Span(side.from() + lines, side.to() + lines));
  }

  Hunk with(Hunk next) {
    return new Hunk(new Span(base.from(), next.base.to()), new Span(side.from(), next.side.to()));
  }
}

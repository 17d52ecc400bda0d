package dev.syncline.core.merge;

/**
 * {@code merge}: three-way by line. What doesn't merge waits for a person, or stays in the file
 * between markers; what is not text is kept twice.
 */
record ByLine(OnClash onClash) implements MergePolicy {

  private static final MarkerLabels LABELS = new MarkerLabels("ledger", "before", "endpoint");

  /** What becomes of places that both sides changed. */
  enum OnClash {
    /** The file waits for a person. */
    WAIT,
    /** Both go into the file, between markers. */
    MARK
  }

  @Override
  public Settlement settle(Dispute dispute) {
    return Contested.of(dispute).orElseGet(() -> merge(dispute));
  }

  private Settlement merge(Dispute dispute) {
    byte[] ours = dispute.ours();
    byte[] theirs = dispute.theirs();
    if (!Text.isText(ours) || !Text.isText(theirs)) {
      return new Settlement.Both();
    }
    byte[] base = dispute.base().filter(Text::isText).orElseGet(() -> new byte[0]);
    return switch (LineMerge.merge(base, ours, theirs, LABELS)) {
      case LineOutcome.Clean(byte[] contents) -> new Settlement.Combined(contents);
      case LineOutcome.Clash(byte[] withMarkers, int hunks) ->
          onClash == OnClash.MARK
              ? new Settlement.Combined(withMarkers)
              : new Settlement.Waits(
                  hunks == 1
                      ? "both sides changed the same lines"
                      : "both sides changed the same lines in " + hunks + " places");
      case LineOutcome.NotByLine(String reason) -> new Settlement.Waits(reason);
    };
  }
}

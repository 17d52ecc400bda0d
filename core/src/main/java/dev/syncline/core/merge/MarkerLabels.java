package dev.syncline.core.merge;

/**
 * Names the three versions between conflict markers.
 *
 * @param ours behind {@code <<<<<<<}
 * @param base behind {@code |||||||}
 * @param theirs behind {@code >>>>>>>}
 */
public record MarkerLabels(String ours, String base, String theirs) {

  public MarkerLabels {
    ours = onOneLine(ours);
    base = onOneLine(base);
    theirs = onOneLine(theirs);
  }

  /** A label with a line break would be read as contents. */
  private static String onOneLine(String label) {
    return label.replaceAll("\\R", " ");
  }
}

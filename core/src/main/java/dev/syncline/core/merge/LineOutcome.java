package dev.syncline.core.merge;

/** How a merge by line ended. Arrays are not copied: who gets one leaves it as it is. */
public sealed interface LineOutcome {

  /**
   * Both sides' changes are in it.
   *
   * @param contents perhaps the very array of a side
   */
  record Clean(byte[] contents) implements LineOutcome {}

  /**
   * Both sides changed the same or touching lines, differently.
   *
   * @param withMarkers what could be merged, and all three versions of what couldn't, for a person
   * @param hunks how many places clash; at least one
   */
  record Clash(byte[] withMarkers, int hunks) implements LineOutcome {}

  /**
   * A version has no lines, or too many differ.
   *
   * @param reason in a few words
   */
  record NotByLine(String reason) implements LineOutcome {}
}

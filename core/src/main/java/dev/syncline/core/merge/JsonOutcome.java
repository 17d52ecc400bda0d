package dev.syncline.core.merge;

import java.util.List;

/** How a merge of JSON ended. Arrays are not copied: who gets one leaves it as it is. */
public sealed interface JsonOutcome {

  /**
   * Both sides' changes are in it.
   *
   * @param contents ours with the fewest changes of its text, or the very array of a side
   */
  record Clean(byte[] contents) implements JsonOutcome {}

  /**
   * Both sides changed the same values, differently.
   *
   * @param paths where, as JSON Pointers (RFC 6901), in the order of ours; the first {@value
   *     JsonClashes#MOST_PATHS}. One that would be very long ends at a value around it.
   */
  record Clash(List<String> paths) implements JsonOutcome {
    public Clash {
      paths = List.copyOf(paths);
    }

    /** What happened, for a person. */
    String sentence() {
      String first = paths.isEmpty() || paths.getFirst().isEmpty() ? "the whole" : paths.getFirst();
      return paths.size() > 1
          ? "both sides changed " + first + " and " + (paths.size() - 1) + " other values"
          : "both sides changed " + first;
    }
  }

  /**
   * A version can't be merged by field.
   *
   * @param reason which version and why, in a few words
   */
  record NotJson(String reason) implements JsonOutcome {}
}

package dev.syncline.core.records;

import java.util.List;

/**
 * What differs, in memory: as much as was asked for.
 *
 * @param added keys that only the source has, in its order
 * @param removed keys that only the target has, in its order
 * @param modified in the order of the source
 * @param reordered whether records that both have stand in another order
 * @param counts of all, of which the lists may hold the first only
 * @param problems the first of each set
 */
public record Differences(
    List<String> added,
    List<String> removed,
    List<RecordChange> modified,
    boolean reordered,
    Counts counts,
    List<RecordProblem> problems) {

  public Differences {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    modified = List.copyOf(modified);
    problems = List.copyOf(problems);
  }

  /** How many records differ. */
  public record Counts(int added, int removed, int modified) {

    public int total() {
      return added + removed + modified;
    }
  }

  /** Whether there is nothing to say, not even that the order differs. */
  public boolean isEmpty() {
    return counts.total() == 0 && !reordered;
  }

  /** How many differences were left out of the lists. */
  public int omitted() {
    return counts.total() - added.size() - removed.size() - modified.size();
  }
}

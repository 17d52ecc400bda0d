package dev.syncline.core.port;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an endpoint was seen to hold.
 *
 * @param edits what changed since the base; no path is in two of them
 * @param unseen files and folders that could not be looked at, with the reason: nothing is known
 *     about them and all that is in them, so they stay as they are on both sides; but what would
 *     lie below a file that was seen is known to be gone
 * @param tip the endpoint's own version, if it keeps history; its commits are in the ledger's
 *     database, and the edits lead to its files
 * @param alarm what is wrong with what was seen as a whole, so that a person should look before
 *     anything follows from it: a history that was rewritten, a branch that is gone
 * @param rest whether there is more to see
 */
public record Observed(
    List<Edit> edits,
    Map<FilePath, String> unseen,
    Optional<CommitId> tip,
    Optional<String> alarm,
    Rest rest) {

  /** Whether an observation says all. */
  public enum Rest {
    /** All that was to see is here. */
    NOTHING,
    /** Only additions and modifications, and not all of them: observe again after this run. */
    MORE
  }

  public Observed {
    edits = List.copyOf(edits);
    unseen = unseen.isEmpty() ? Map.of() : inDoubt(edits, unseen);
  }

  private static Map<FilePath, String> inDoubt(List<Edit> edits, Map<FilePath, String> unseen) {
    var inDoubt = new HashMap<>(unseen);
    inDoubt.keySet().removeIf(path -> path.above().anyMatch(above -> hasFile(edits, above)));
    return Map.copyOf(inDoubt);
  }

  private static boolean hasFile(List<Edit> edits, FilePath path) {
    return edits.stream()
        .flatMap(edit -> edit.changes().at(path).stream())
        .anyMatch(change -> change.after().isPresent());
  }

  /** All that was to see, made by one person or none. */
  public static Observed all(Edit edit) {
    return new Observed(
        edit.changes().isEmpty() ? List.of() : List.of(edit),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Rest.NOTHING);
  }

  /** All edits together. */
  public Changes changes() {
    if (edits.size() == 1) {
      return edits.getFirst().changes();
    }
    var all = new TreeMap<FilePath, FileChange>();
    edits.forEach(edit -> all.putAll(edit.changes().byPath()));
    return new Changes(all);
  }

  /**
   * The same without what can't be: a file and something in it. Somebody changed it while it was
   * looked at, so nothing is known of that place, and it has to be looked at again.
   */
  public Observed consistent() {
    Changes all = changes();
    Changes there = all.only((path, change) -> change.after().isPresent());
    var torn = new HashMap<FilePath, String>();
    there
        .byPath()
        .keySet()
        .forEach(path ->
            path.above()
                .filter(above -> there.at(above).isPresent())
                .forEach(above -> torn.put(above, "somebody changed it while it was looked at")));
    if (torn.isEmpty()) {
      return this;
    }
    torn.putAll(unseen);
    return new Observed(edits, torn, tip, alarm, Rest.MORE);
  }

  /** Why a path could not be looked at; empty if it was. */
  public Optional<String> unseen(FilePath path) {
    for (var at = Optional.of(path); at.isPresent(); at = at.get().parent()) {
      String reason = unseen.get(at.get());
      if (reason != null) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}

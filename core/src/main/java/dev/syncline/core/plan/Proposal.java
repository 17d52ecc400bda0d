package dev.syncline.core.plan;

import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run would do, all in the endpoint's paths.
 *
 * @param toLedger from the ledger's files to what they become
 * @param toEndpoint from the files that the endpoint was seen to hold to what they become
 * @param fresh contents that a merge made
 * @param waiting paths in conflict, which stay as they are on both sides
 * @param unseen paths that nothing is known about, which stay as they are too
 * @param overruled versions that a policy set aside
 * @param hidden paths of which the endpoint's version is in no result, so that the history has to
 *     show it
 */
public record Proposal(
    Changes toLedger,
    Changes toEndpoint,
    Map<ContentId, byte[]> fresh,
    Map<FilePath, Waiting> waiting,
    Set<FilePath> unseen,
    List<Overruled> overruled,
    Set<FilePath> hidden) {

  /**
   * A path in conflict.
   *
   * @param sides the versions
   * @param reason why it waits
   */
  public record Waiting(ThreeWay sides, String reason) {}

  public Proposal {
    fresh = Map.copyOf(fresh);
    waiting = Collections.unmodifiableSortedMap(new TreeMap<>(waiting));
    unseen = Set.copyOf(unseen);
    overruled = List.copyOf(overruled);
    hidden = Set.copyOf(hidden);
  }

  /** The paths of which the base must stay as it was. */
  public Set<FilePath> open() {
    var open = new TreeSet<>(waiting.keySet());
    open.addAll(unseen);
    return open;
  }
}

package dev.syncline.core.port;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.plan.Run;
import java.util.List;
import java.util.Optional;

/**
 * Remembers the runs of a workspace's links, and what people approved. Losing it loses no file: it
 * is for people to read.
 *
 * <p>Thread-safe.
 */
public interface Journal {

  /** Adds a run that ended. */
  void add(Run run);

  /** Whether a person approved what a plan was held for, of whichever link. */
  boolean isApproved(String fingerprint);

  /**
   * A person lets go on what a plan was held for, and every plan that would be held for the same:
   * so that one answer does for all links that a deletion reaches.
   *
   * @param link whose plan the person looked at
   */
  void approve(LinkName link, String fingerprint);

  /** One run; empty if it did nothing, or is too long ago. */
  Optional<Run> find(RunId run);

  /** The newest runs that did something, newest first. */
  List<Run> newest(int limit);
}

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

  /** Whether a person approved what a plan of this link was held for. */
  boolean isApproved(LinkName link, String fingerprint);

  /** A person lets go on what a plan of this link was held for. */
  void approve(LinkName link, String fingerprint);

  /** One run; empty if it did nothing, or is too long ago. */
  Optional<Run> find(RunId run);

  /** The newest runs that did something, newest first. */
  List<Run> newest(int limit);
}

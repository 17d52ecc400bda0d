package dev.syncline.core.port;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.plan.Run;

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
}

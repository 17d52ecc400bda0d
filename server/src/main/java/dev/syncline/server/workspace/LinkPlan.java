package dev.syncline.server.workspace;

import dev.syncline.core.flow.Link;
import java.time.Duration;

/**
 * A link with all that decides when it runs.
 *
 * @param link the link
 * @param watch tells when its endpoint changed
 * @param reconcile how often it looks everywhere, whatever it was told
 * @param progress how far its run has come
 */
public record LinkPlan(Link link, Watch watch, Duration reconcile, Progress progress) {

  /** One of whose progress nobody hears. */
  public LinkPlan(Link link, Watch watch, Duration reconcile) {
    this(link, watch, reconcile, new Progress());
  }
}

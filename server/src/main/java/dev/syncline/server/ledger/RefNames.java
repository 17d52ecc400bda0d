package dev.syncline.server.ledger;

import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.model.LinkName;

/** Where Syncline keeps what is its own. */
final class RefNames {

  /** All that is Syncline's. */
  static final String OURS = "refs/syncline/";

  /** Of each link, what it agreed on. */
  static final String BASES = OURS + "base/";

  /** Of each conflict that waits, its sides. */
  static final String CONFLICTS = OURS + "conflicts/";

  /** A chain of commits whose other parents are conflicts that ended without an answer. */
  static final String KEPT = OURS + "kept/conflicts";

  private RefNames() {}

  static String base(LinkName link) {
    return BASES + link;
  }

  static String conflict(ConflictId id) {
    return CONFLICTS + id;
  }
}

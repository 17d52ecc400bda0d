package dev.syncline.server.ledger;

import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.model.LinkName;
import org.eclipse.jgit.lib.ObjectId;

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

  /** Of each link to a branch on another host, the newest commit that was seen there. */
  static final String REMOTES = OURS + "remotes/";

  /** Of each such link, the commit that was made to be brought there, until it is. */
  static final String OUTGOING = OURS + "outgoing/";

  /** Of each such link, commits that the host took out of its history. */
  static final String REWRITTEN = OURS + "kept/remotes/";

  private RefNames() {}

  static String remote(LinkName link) {
    return REMOTES + link;
  }

  static String outgoing(LinkName link) {
    return OUTGOING + link;
  }

  static String rewritten(LinkName link, ObjectId commit) {
    return REWRITTEN + link + "/" + commit.name();
  }

  static String base(LinkName link) {
    return BASES + link;
  }

  static String conflict(ConflictId id) {
    return CONFLICTS + id;
  }
}

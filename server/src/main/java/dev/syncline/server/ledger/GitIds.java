package dev.syncline.server.ledger;

import dev.syncline.core.model.CommitId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;

/** Commit ids, here and in the domain. */
final class GitIds {

  private GitIds() {}

  static ObjectId id(CommitId commit) {
    return ObjectId.fromString(commit.hex());
  }

  static CommitId commit(AnyObjectId id) {
    return new CommitId(id.name());
  }
}

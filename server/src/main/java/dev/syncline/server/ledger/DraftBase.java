package dev.syncline.server.ledger;

import dev.syncline.core.port.Recording.Agreement;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * What links agreed on, in a draft: for each a commit whose tree is the base's files, whose message
 * says the rest, and whose parent is the version of the ledger that it was agreed at. Confined to
 * the thread that commits.
 */
final class DraftBase {

  private final Draft draft;
  private final CommitWriter commits;

  DraftBase(Draft draft, CommitWriter commits) {
    this.draft = draft;
    this.commits = commits;
  }

  /** A base as a draft has it. */
  record Agreed(ObjectId tree, List<ObjectId> madeAt) {}

  /** What a link agreed on; empty if it never ran. */
  Optional<Agreed> of(String ref) throws IOException {
    Optional<ObjectId> commit = draft.ref(ref);
    if (commit.isEmpty()) {
      return Optional.empty();
    }
    try (var walk = new RevWalk(draft.objects())) {
      RevCommit base = walk.parseCommit(commit.get());
      return Optional.of(new Agreed(base.getTree().copy(), List.of(ids(base))));
    }
  }

  /** A link agrees on other files, or says something else about them. */
  void agree(Agreement agreement, ObjectId tree, Optional<ObjectId> madeAt) throws IOException {
    String name = RefNames.base(agreement.link());
    String message =
        new BaseText(agreement.link(), agreement.count(), agreement.mapping(), agreement.tip())
            .format();
    Optional<ObjectId> earlier = draft.ref(name);
    if (earlier.isEmpty() || !isSame(earlier.get(), tree, message)) {
      draft.move(name, Optional.of(commits.write(tree, madeAt.stream().toList(), message)));
    }
  }

  /** A base that stays what it was keeps the version that it was agreed at. */
  private boolean isSame(ObjectId commit, ObjectId tree, String message) throws IOException {
    try (var walk = new RevWalk(draft.objects())) {
      RevCommit earlier = walk.parseCommit(commit);
      return earlier.getTree().equals(tree) && earlier.getFullMessage().equals(message);
    }
  }

  private static ObjectId[] ids(RevCommit commit) {
    var ids = new ObjectId[commit.getParentCount()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = commit.getParent(i).copy();
    }
    return ids;
  }
}

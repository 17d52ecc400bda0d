package dev.syncline.server.ledger;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.port.Recording.Theirs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Opens and closes conflicts in a draft. Nothing that a side ever had gets out of reach: each
 * commit of a conflict has the one before it as its parent, and a conflict that ends is a parent of
 * the commit that answers it, or of the chain {@link RefNames#KEPT}. Confined to the thread that
 * commits.
 */
final class DraftConflicts {

  /** Git programs read more, but none likes it. */
  private static final int MAX_PARENTS = 64;

  private final Draft draft;
  private final CommitWriter commits;

  DraftConflicts(Draft draft, CommitWriter commits) {
    this.draft = draft;
    this.commits = commits;
  }

  /** Whether it waits. */
  boolean isOpen(ConflictId id) {
    return draft.ref(RefNames.conflict(id)).isPresent();
  }

  /** A link's conflicts that wait. */
  List<ConflictId> of(LinkName link) throws IOException {
    var ids = new ArrayList<ConflictId>();
    try (var walk = new RevWalk(draft.objects())) {
      for (Map.Entry<String, ObjectId> ref : draft.under(RefNames.CONFLICTS).entrySet()) {
        RevCommit commit = walk.parseCommit(ref.getValue());
        if (ConflictText.link(commit.getFullMessage()).equals(Optional.of(link))) {
          ids.add(new ConflictId(ref.getKey().substring(RefNames.CONFLICTS.length())));
        }
      }
    }
    return ids;
  }

  /** A conflict waits from now on, or is brought up to date. */
  void open(Conflict conflict) throws IOException {
    String name = RefNames.conflict(conflict.id());
    Optional<ObjectId> earlier = draft.ref(name);
    String message = ConflictText.message(conflict);
    ObjectId tree =
        draft
            .objects()
            .add(Constants.OBJ_TREE, TreeText.format(ConflictText.sides(conflict.sides())));
    if (earlier.isPresent() && isSame(earlier.get(), tree, message)) {
      return;
    }
    draft.move(name, Optional.of(commits.write(tree, earlier.stream().toList(), message)));
  }

  /** Conflicts no longer wait; those that {@code theirs} doesn't answer are kept aside. */
  void close(Iterable<ConflictId> ids, Theirs theirs) {
    var unanswered = new ArrayList<ObjectId>();
    for (ConflictId id : ids) {
      Optional<ObjectId> commit = draft.ref(RefNames.conflict(id));
      boolean isAnswered = theirs instanceof Theirs.Resolved it && it.conflict().equals(id);
      if (commit.isPresent()) {
        draft.move(RefNames.conflict(id), Optional.empty());
        if (!isAnswered) {
          unanswered.add(commit.get());
        }
      }
    }
    keep(unanswered);
  }

  /** Keeps commits that no ref names any longer. */
  private void keep(List<ObjectId> ended) {
    for (int from = 0; from < ended.size(); from += MAX_PARENTS) {
      var parents = new ArrayList<ObjectId>();
      draft.ref(RefNames.KEPT).ifPresent(parents::add);
      parents.addAll(ended.subList(from, Math.min(ended.size(), from + MAX_PARENTS)));
      String message = "Syncline: conflicts that ended without an answer\n";
      draft.move(RefNames.KEPT, Optional.of(commits.write(Stored.EMPTY_TREE, parents, message)));
    }
  }

  private boolean isSame(ObjectId commit, ObjectId tree, String message) throws IOException {
    try (var walk = new RevWalk(draft.objects())) {
      RevCommit earlier = walk.parseCommit(commit);
      return earlier.getTree().equals(tree) && earlier.getFullMessage().equals(message);
    }
  }
}

package dev.syncline.server.ledger;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Recording.Agreement;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * What links agreed on, in a draft: for each a commit whose tree is the base's files, whose message
 * says the rest, and whose first parent is the version of the ledger that it was agreed at. What
 * the endpoint was offered is the tree of another parent, so that it shares what it has in common
 * with the base, however much that is. Confined to the thread that commits.
 */
final class DraftBase {

  private final Draft draft;
  private final CommitWriter commits;
  private final TreeEditor trees;

  DraftBase(Draft draft, CommitWriter commits, TreeEditor trees) {
    this.draft = draft;
    this.commits = commits;
    this.trees = trees;
  }

  /**
   * A base as a draft has it.
   *
   * @param madeAt the version of the ledger; none if there was none yet
   */
  record Agreed(ObjectId tree, List<ObjectId> madeAt) {}

  /** What a link agreed on; empty if it never ran. */
  Optional<Agreed> of(String ref) throws IOException {
    Optional<ObjectId> commit = draft.ref(ref);
    if (commit.isEmpty()) {
      return Optional.empty();
    }
    try (var walk = new RevWalk(draft.objects())) {
      RevCommit base = walk.parseCommit(commit.get());
      Optional<ObjectId> offered =
          BaseText.parse(base.getFullMessage()).flatMap(BaseText::offered).map(GitIds::id);
      boolean isFirstTheLedger =
          base.getParentCount() > 0 && !Optional.of(base.getParent(0).copy()).equals(offered);
      return Optional.of(
          new Agreed(
              base.getTree().copy(),
              isFirstTheLedger ? List.of(base.getParent(0).copy()) : List.of()));
    }
  }

  /** A link agrees on other files, or says something else about them. */
  void agree(Agreement agreement, ObjectId tree, Optional<ObjectId> madeAt, Instant now)
      throws IOException {
    var besides = new TreeMap<FilePath, FileChange>();
    ObjectId offeredTree = offered(tree, agreement.offered(), besides);
    var parents = new ArrayList<>(madeAt.stream().toList());
    Optional<CommitId> offered = Optional.empty();
    if (!offeredTree.equals(tree)) {
      ObjectId commit =
          commits.write(offeredTree, List.of(), "Syncline: offered to " + agreement.link() + "\n");
      parents.add(commit);
      offered = Optional.of(GitIds.commit(commit));
    }
    var text =
        new BaseText(
            agreement.link(),
            agreement.count(),
            now,
            agreement.tip(),
            offered,
            new Changes(besides),
            agreement.mapping());
    draft.move(
        RefNames.base(agreement.link()), Optional.of(commits.write(tree, parents, text.format())));
  }

  /** The files that the endpoint was asked to have; what can't be beside them goes aside. */
  private ObjectId offered(ObjectId tree, Changes offered, Map<FilePath, FileChange> aside)
      throws IOException {
    Changes fitting = offered;
    while (true) {
      switch (trees.edit(tree, fitting, TreeEditor.Before.ANY)) {
        case Edited.Done done -> {
          return done.tree();
        }
        case Edited.Clash clash -> {
          FilePath clashing = clash.path();
          fitting
              .only((path, _) -> path.equals(clashing) || path.isUnder(clashing))
              .byPath()
              .forEach(aside::put);
          fitting = fitting.only((path, _) -> !aside.containsKey(path));
        }
      }
    }
  }
}

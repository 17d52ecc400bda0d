package dev.syncline.server.ledger;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.port.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Notes in a draft what links see of branches on other hosts, and makes what they bring there. A
 * commit that a host took out of its history stays here, so that nothing that was once published is
 * lost. Confined to the thread that commits.
 */
final class DraftRemotes {

  private final Draft draft;
  private final CommitWriter commits;
  private final TreeEditor trees;

  DraftRemotes(Draft draft, CommitWriter commits, TreeEditor trees) {
    this.draft = draft;
    this.commits = commits;
    this.trees = trees;
  }

  /** A link has seen its branch at this commit. */
  boolean see(LinkName link, ObjectId tip) throws IOException {
    String name = RefNames.remote(link);
    Optional<ObjectId> before = draft.ref(name);
    if (before.isPresent() && isLost(before.get(), tip)) {
      draft.move(RefNames.rewritten(link, before.get()), before);
    }
    draft.move(name, Optional.of(tip));
    draft.move(RefNames.outgoing(link), Optional.empty());
    return true;
  }

  /** What brings changes to a link's branch; see {@link RemoteHistory#carrying}. */
  ObjectId carry(LinkName link, Optional<ObjectId> tip, Changes changes, Version version)
      throws IOException {
    ObjectId newest = GitIds.id(version.id());
    try (var walk = new RevWalk(draft.objects())) {
      ObjectId tree = wanted(walk, tip, changes);
      RevCommit ours = walk.parseCommit(newest);
      boolean isOnTop = tip.isEmpty() || walk.isMergedInto(walk.parseCommit(tip.get()), ours);
      if (isOnTop && ours.getTree().equals(tree)) {
        return newest;
      }
      var parents = new ArrayList<ObjectId>(List.of(newest));
      if (!isOnTop) {
        parents.add(tip.get());
      }
      String name = RefNames.outgoing(link);
      Optional<ObjectId> earlier = draft.ref(name);
      if (earlier.isPresent() && isThis(walk.parseCommit(earlier.get()), tree, parents)) {
        return earlier.get(); // of a run that could not bring it there
      }
      String message =
          CommitText.message(
              version.message(), "Bring changes to " + link, Map.of("Syncline-Link", link.value()));
      ObjectId commit = commits.write(tree, parents, version.author(), version.at(), message);
      draft.move(name, Optional.of(commit));
      return commit;
    }
  }

  private ObjectId wanted(RevWalk walk, Optional<ObjectId> tip, Changes changes)
      throws IOException {
    ObjectId from =
        tip.isPresent() ? walk.parseCommit(tip.get()).getTree().copy() : Stored.EMPTY_TREE;
    return switch (trees.edit(from, changes, TreeEditor.Before.CHECKED)) {
      case Edited.Done done -> done.tree();
      case Edited.Clash clash ->
          throw new IllegalArgumentException(
              "the changes contradict the branch that they start from, at " + clash.path());
    };
  }

  private static boolean isThis(RevCommit commit, ObjectId tree, List<ObjectId> parents) {
    return commit.getTree().equals(tree) && List.of(commit.getParents()).equals(parents);
  }

  private boolean isLost(ObjectId before, ObjectId tip) throws IOException {
    try (var walk = new RevWalk(draft.objects())) {
      return !walk.isMergedInto(walk.parseCommit(before), walk.parseCommit(tip));
    } catch (MissingObjectException gone) {
      return false; // What isn't here can't be kept.
    }
  }
}

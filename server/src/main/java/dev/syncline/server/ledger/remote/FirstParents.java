package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Looks for a commit of ours on a branch's own line: what was merged into the branch has commits of
 * older proposals, perhaps.
 *
 * @param trailer what the last lines of our commits have
 */
record FirstParents(Repository repository, String trailer) {

  /** How many commits below the newest are looked at. */
  static final int FAR_BACK = 50;

  /** What was found. */
  sealed interface Search {

    record Found(ObjectId commit) implements Search {}

    /** There is none. */
    record None() implements Search {}

    /** What is here ends before one was found. */
    record Cut() implements Search {}
  }

  /**
   * Looks below a commit.
   *
   * @param base whose history doesn't count
   */
  Search below(ObjectId tip, ObjectId base) {
    try (var walk = new RevWalk(repository)) {
      RevCommit commit = walk.parseCommit(tip);
      for (int seen = 0; seen < FAR_BACK; seen++) {
        if (commit.getParentCount() == 0) {
          boolean isCut = walk.getObjectReader().getShallowCommits().contains(commit);
          return isCut ? new Search.Cut() : new Search.None();
        }
        commit = walk.parseCommit(commit.getParent(0));
        if (!commit.getFooterLines(trailer).isEmpty()) {
          return isIn(base, commit) ? new Search.None() : new Search.Found(commit.copy());
        }
      }
      return new Search.None();
    } catch (MissingObjectException e) {
      return new Search.Cut();
    } catch (IOException e) {
      throw new SyncException.Unavailable("what was fetched can't be read (" + e + ")", e);
    }
  }

  private boolean isIn(ObjectId base, ObjectId commit) throws IOException {
    try (var walk = new RevWalk(repository)) {
      return walk.isMergedInto(walk.parseCommit(commit), walk.parseCommit(base));
    } catch (MissingObjectException e) {
      return false; // What is older was not fetched.
    }
  }
}

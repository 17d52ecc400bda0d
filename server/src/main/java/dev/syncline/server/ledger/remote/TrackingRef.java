package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Where the ledger keeps the newest commit that a link has seen of its branch, so that it stays;
 * and what a host took out of its history, so that nothing that was once published is lost. It
 * decides nothing, and can be fetched again: it need not survive a crash.
 */
final class TrackingRef {

  static final String PREFIX = "refs/syncline/remotes/";
  static final String KEPT = "refs/syncline/kept/";

  private final Repository ledger;
  private final LinkName link;

  TrackingRef(Repository ledger, LinkName link) {
    this.ledger = ledger;
    this.link = link;
  }

  Optional<ObjectId> newest() throws IOException {
    return Optional.ofNullable(ledger.exactRef(PREFIX + link)).map(Ref::getObjectId);
  }

  /** Notes the newest commit; one that is no longer part of the history is kept beside it. */
  void moveTo(ObjectId tip) throws IOException {
    Optional<ObjectId> before = newest();
    if (before.isPresent() && before.get().equals(tip)) {
      return;
    }
    if (before.isPresent() && isLost(before.get(), tip)) {
      set(KEPT + link + "/" + before.get().name(), before.get());
    }
    set(PREFIX + link, tip);
  }

  /** Commits that are here with all of their history: the host need not send it. */
  List<ObjectId> complete() throws IOException {
    var refs = new ArrayList<Ref>(ledger.getRefDatabase().getRefsByPrefix(Constants.R_HEADS));
    refs.addAll(ledger.getRefDatabase().getRefsByPrefix(PREFIX));
    var complete = new ArrayList<ObjectId>();
    for (Ref ref : refs) {
      if (ref.getObjectId() != null && ledger.getObjectDatabase().has(ref.getObjectId())) {
        complete.add(ref.getObjectId());
      }
    }
    return complete;
  }

  private boolean isLost(ObjectId before, ObjectId tip) throws IOException {
    try (var walk = new RevWalk(ledger)) {
      return !walk.isMergedInto(walk.parseCommit(before), walk.parseCommit(tip));
    } catch (MissingObjectException gone) {
      return false; // What isn't here can't be kept.
    }
  }

  private void set(String name, ObjectId commit) throws IOException {
    RefUpdate update = ledger.updateRef(name);
    update.setNewObjectId(commit);
    update.setForceUpdate(true);
    update.disableRefLog();
    RefUpdate.Result result = update.update();
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
      case LOCK_FAILURE,
          NOT_ATTEMPTED,
          REJECTED,
          REJECTED_CURRENT_BRANCH,
          REJECTED_MISSING_OBJECT,
          REJECTED_OTHER_REASON,
          RENAMED,
          IO_FAILURE ->
          throw new SyncException.Unavailable(
              "the ledger can't note what was fetched in " + name + " (" + result + ")");
    }
  }
}

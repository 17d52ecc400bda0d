package dev.syncline.server.ledger;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.port.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * A ledger as the branches of other hosts need it (package {@code remote}): its objects, and a note
 * of what each link has seen there. Thread-safe.
 */
public final class RemoteHistory {

  private final Stored stored;
  private final Committer committer;
  private final VersionHistory history;

  RemoteHistory(Stored stored, Committer committer, VersionHistory history) {
    this.stored = stored;
    this.committer = committer;
    this.history = history;
  }

  /** The ledger's repository: to be read, its refs not to be moved. */
  public Repository repository() {
    return stored.repository();
  }

  /**
   * A folder beside the ledger's own objects, on the same disk, for what a link's host sends until
   * it was looked at. Emptied when the ledger is opened.
   */
  public Path incoming(LinkName link) {
    return stored.path().resolve(RepositoryFiles.INCOMING).resolve(link.value());
  }

  /** Commits that are here with all of their history: nobody has to send it again. */
  public List<ObjectId> complete() {
    LedgerState state = committer.state();
    var complete = new ArrayList<ObjectId>();
    state.head().ifPresent(complete::add);
    state.refs().under(RefNames.REMOTES).values().forEach(ref -> complete.add(ref.id()));
    return complete;
  }

  /**
   * Notes that a link has seen its branch at a commit, which is here with all of its history, so
   * that it stays. Durable when it returns.
   */
  public void see(LinkName link, ObjectId tip) {
    if (!committer.state().refs().get(RefNames.remote(link)).equals(Optional.of(tip))) {
      committer.make(recorder -> recorder.remotes().see(link, tip));
    }
  }

  /**
   * The commit that brings changes to a link's branch: the ledger's own version if that has just
   * these files and continues the branch, or else a commit on top of both. Durable when it returns.
   *
   * @param tip the branch's newest commit; empty if there is no branch yet
   * @param changes from the files of {@code tip}
   * @param version the ledger's version that asks for them
   */
  public ObjectId carrying(
      LinkName link, Optional<ObjectId> tip, Changes changes, ObjectId version) {
    Version asked = history.of(version, Optional.empty(), 1).getFirst();
    var carrying = new AtomicReference<>(version);
    committer.make(recorder -> {
      carrying.set(recorder.remotes().carry(link, tip, changes, asked));
      return true;
    });
    return carrying.get();
  }
}

package dev.syncline.server.ledger;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.Base;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/**
 * A ledger in a bare Git repository that any Git program can read. History is on one branch; what
 * is Syncline's own is under {@code refs/syncline/}: for each link the base, for each conflict its
 * sides. A recording moves all of them together, in one rename of one file.
 *
 * <p>Thread-safe.
 */
public final class GitLedger implements Ledger {

  private final OpenRepository repository;
  private final PendingContents contents;
  private final Committer committer;
  private final Repacking repacking;
  private final VersionHistory history;
  private final AgreedFiles agreed;
  private final Uploads uploads;
  private final CheckoutIndex index;

  private GitLedger(OpenRepository repository, LedgerSettings settings, LedgerState state) {
    Stored stored = repository.stored();
    this.repository = repository;
    this.contents = new PendingContents(stored);
    this.repacking = new Repacking(stored, settings.smallPacks());
    this.committer =
        new Committer(
            stored, contents, repository.refs(), settings, state, repacking::startIfNeeded);
    this.history = new VersionHistory(stored);
    this.agreed = new AgreedFiles(stored);
    this.uploads = new Uploads(stored, committer, settings.ref());
    this.index = new CheckoutIndex(stored);
  }

  /**
   * Opens the ledger of a folder, and makes it first if the folder is empty or missing.
   *
   * @throws SyncException.Unavailable if another Syncline has it, or the disk can't be used
   * @throws SyncException.Invalid if there is something else in the folder
   * @throws SyncException.Corrupt if the repository is damaged
   */
  public static GitLedger open(Path folder, LedgerSettings settings) {
    OpenRepository repository = OpenRepository.open(folder, settings);
    boolean isOpen = false;
    try {
      var ledger = new GitLedger(repository, settings, repository.start());
      ledger.mustBeWhole();
      isOpen = true;
      return ledger;
    } finally {
      if (!isOpen) {
        repository.close();
      }
    }
  }

  /** This ledger as the branches of other hosts need it. */
  public RemoteHistory remoteHistory() {
    return new RemoteHistory(repository.stored(), committer, history);
  }

  /** This ledger as Git clients fetch it. */
  public Uploads uploads() {
    return uploads;
  }

  /** Writes all of this ledger as one Git bundle, as it is at this moment. */
  public void bundle(OutputStream out) throws IOException {
    LedgerBundle.write(repository.stored(), committer.state().refs(), out);
  }

  /**
   * Lets Git's index say what the newest version holds, for a ledger with a checkout beside it. One
   * call at a time.
   */
  public void indexCheckout() {
    try {
      index.follow(committer.state().tree());
    } catch (IOException e) {
      throw GitFailure.writing(repository.stored().path(), e);
    }
  }

  /** The newest commit that a ref of the repository and the history here have in common. */
  public Optional<CommitId> sharedWith(String ref) {
    Optional<ObjectId> head = committer.state().head();
    try (var walk = new RevWalk(repository.stored().reader())) {
      Ref other = repository.stored().repository().exactRef(ref);
      if (head.isEmpty() || other == null || other.getObjectId() == null) {
        return Optional.empty();
      }
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(head.get()));
      walk.markStart(walk.parseCommit(other.getObjectId()));
      return Optional.ofNullable(walk.next()).map(GitIds::commit);
    } catch (IOException e) {
      throw GitFailure.reading(repository.stored().path(), ref, e);
    }
  }

  @Override
  public Head head() {
    LedgerState state = committer.state();
    return head(new Committer.Point(state.head(), state.tree()));
  }

  @Override
  public Snapshot at(CommitId version) {
    return history.files(version);
  }

  @Override
  public Base base(LinkName link) {
    return agreed.base(committer.state(), RefNames.base(link));
  }

  @Override
  public Recorded record(Recording recording) {
    Optional<Committer.Point> point = committer.make(recorder -> recorder.record(recording));
    return point.isPresent() ? new Recorded.Committed(head(point.get())) : new Recorded.Moved();
  }

  @Override
  public List<Conflict> conflicts() {
    return agreed.conflicts(committer.state());
  }

  @Override
  public void forget(LinkName link) {
    committer.make(recorder -> recorder.forget(link));
  }

  @Override
  public List<Version> history(Optional<FilePath> path, Optional<CommitId> from, int limit) {
    return from.map(GitIds::id)
        .or(() -> committer.state().head())
        .map(newest -> history.of(newest, path, limit))
        .orElse(List.of());
  }

  @Override
  public InputStream open(ContentId id) {
    return contents.open(id);
  }

  @Override
  public long size(ContentId id) {
    return contents.size(id);
  }

  @Override
  public ContentId put(long size, InputStream in) throws IOException {
    return contents.put(size, in);
  }

  /** Waits for recordings that are under way; what was put but not recorded is forgotten. */
  @Override
  public void close() {
    committer.close();
    repacking.close();
    try {
      contents.close();
    } catch (IOException e) {
      throw GitFailure.writing(repository.stored().path(), e);
    } finally {
      repository.close();
    }
  }

  private void mustBeWhole() {
    LedgerState state = committer.state();
    state.refs().under(RefNames.BASES).keySet().forEach(ref -> agreed.base(state, ref));
    agreed.conflicts(state);
  }

  private Head head(Committer.Point point) {
    return new Head(
        point.commit().map(GitIds::commit), new TreeSnapshot(repository.stored(), point.tree()));
  }
}

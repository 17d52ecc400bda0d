package dev.syncline.server.ledger;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The commits of a {@link PartialRepository} in their order: what was before the oldest of them is
 * not known. One caller at a time.
 */
public final class PartialHistory {

  /** How far back the author of a change is looked for. */
  private static final int FAR_BACK = 2000;

  private final FileRepository repository;
  private final Path folder;

  PartialHistory(FileRepository repository, Path folder) {
    this.repository = repository;
    this.folder = folder;
  }

  /** A commit that is here. */
  public Version version(CommitId commit) {
    return new VersionHistory(new Stored(repository))
        .of(GitIds.id(commit), Optional.empty(), 1)
        .getFirst();
  }

  /** The newest commit before another one, and behind a third, that changed a file. */
  public Version lastChange(CommitId newest, Optional<CommitId> since, FilePath path) {
    try (ObjectReader reader = repository.newObjectReader();
        var walk = new RevWalk(reader)) {
      walk.markStart(walk.parseCommit(GitIds.id(newest)));
      if (since.isPresent() && reader.has(GitIds.id(since.get()))) {
        walk.markUninteresting(walk.parseCommit(GitIds.id(since.get())));
        String name = path.value();
        RevCommit commit = walk.next();
        for (int seen = 0; commit != null && seen < FAR_BACK; seen++) {
          if (changed(reader, walk, commit, name)) {
            return version(GitIds.commit(commit));
          }
          commit = walk.next();
        }
      }
      return version(newest);
    } catch (MissingObjectException e) {
      return version(newest); // What was before was not fetched.
    } catch (IOException e) {
      throw PartialRepository.failure(folder, e);
    }
  }

  /**
   * Whether a commit certainly isn't among another one and those before it. Where no more was
   * fetched it may be further back, unless it is newer than that.
   */
  public boolean isWithout(CommitId newest, CommitId commit) {
    try (ObjectReader reader = repository.newObjectReader();
        var walk = new RevWalk(reader)) {
      if (!reader.has(GitIds.id(commit))) {
        return false;
      }
      RevCommit from = walk.parseCommit(GitIds.id(newest));
      RevCommit wanted = walk.parseCommit(GitIds.id(commit));
      if (walk.isMergedInto(wanted, from)) {
        return false;
      }
      Set<ObjectId> ends = reader.getShallowCommits();
      walk.reset();
      walk.markStart(from);
      walk.markUninteresting(wanted);
      for (RevCommit seen = walk.next(); seen != null; seen = walk.next()) {
        if (ends.contains(seen)) {
          return false;
        }
      }
      return true;
    } catch (MissingObjectException e) {
      return false;
    } catch (IOException e) {
      throw PartialRepository.failure(folder, e);
    }
  }

  /** Whether a commit has a file as none of its parents has it. */
  private static boolean changed(ObjectReader reader, RevWalk walk, RevCommit commit, String path)
      throws IOException {
    ObjectId now = blob(reader, commit, path);
    for (RevCommit parent : commit.getParents()) {
      walk.parseHeaders(parent);
      if (blob(reader, parent, path).equals(now)) {
        return false;
      }
    }
    return true;
  }

  private static ObjectId blob(ObjectReader reader, RevCommit commit, String path)
      throws IOException {
    try (TreeWalk found = TreeWalk.forPath(reader, path, commit.getTree())) {
      return found == null ? ObjectId.zeroId() : found.getObjectId(0);
    }
  }
}

package dev.syncline.server.ledger;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Version;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Reads versions of a ledger. Thread-safe: nothing is kept. */
final class VersionHistory {

  private static final Author UNKNOWN = new Author("unknown", "");

  private final Stored stored;

  VersionHistory(Stored stored) {
    this.stored = stored;
  }

  /** The newest versions that are part of one, as {@code git log} shows them. */
  List<Version> of(ObjectId newest, Optional<FilePath> path, int limit) {
    try (ObjectReader reader = stored.reader();
        var walk = new RevWalk(reader)) {
      walk.markStart(parsed(walk, newest));
      if (path.isPresent()) {
        walk.setTreeFilter(
            AndTreeFilter.create(new OnePath(GitPaths.bytes(path.get())), TreeFilter.ANY_DIFF));
        // Nobody asks for parents, and JGit would read the whole history to find them.
        walk.setRewriteParents(false);
      }
      var versions = new ArrayList<Version>();
      while (versions.size() < limit) {
        RevCommit commit = walk.next();
        if (commit == null) {
          break;
        }
        versions.add(version(commit));
      }
      return versions;
    } catch (IOException e) {
      throw GitFailure.reading(stored.path(), "the history of " + newest.name(), e);
    }
  }

  /**
   * The files of a version.
   *
   * @throws SyncException.Invalid if there is no such version
   */
  TreeSnapshot files(CommitId version) {
    try (ObjectReader reader = stored.reader();
        var walk = new RevWalk(reader)) {
      return new TreeSnapshot(stored, parsed(walk, GitIds.id(version)).getTree().copy());
    } catch (IOException e) {
      throw GitFailure.reading(stored.path(), "version " + version, e);
    }
  }

  private RevCommit parsed(RevWalk walk, ObjectId id) throws IOException {
    try {
      return walk.parseCommit(id);
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      if (e instanceof MissingObjectException missing && !missing.getObjectId().equals(id)) {
        throw e;
      }
      throw new SyncException.Invalid("there is no version " + id.name(), e);
    }
  }

  private static Version version(RevCommit commit) {
    String message = commit.getFullMessage();
    PersonIdent author = commit.getAuthorIdent();
    PersonIdent committer = commit.getCommitterIdent();
    return new Version(
        GitIds.commit(commit),
        author == null ? UNKNOWN : author(author),
        committer == null ? Instant.EPOCH : committer.getWhenAsInstant(),
        CommitText.written(message),
        CommitText.trailers(message));
  }

  /** Other programs write authors without a name, or with a line break in it. */
  private static Author author(PersonIdent author) {
    String name = plain(author.getName());
    String email = plain(author.getEmailAddress());
    return new Author(name.isBlank() ? (email.isBlank() ? UNKNOWN.name() : email) : name, email);
  }

  private static String plain(String text) {
    return text.replaceAll("[\\x00-\\x1f\\x7f<>]", " ").strip();
  }
}

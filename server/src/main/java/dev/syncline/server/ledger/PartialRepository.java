package dev.syncline.server.ledger;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A few commits of a repository elsewhere, with their trees, and contents as far as they were asked
 * for. All of it can be fetched again, so it may be deleted at any time. One caller at a time.
 */
public final class PartialRepository implements AutoCloseable {

  /** Each fetch leaves a pack; beyond so many it is cheaper to begin anew. */
  private static final int MANY_PACKS = 40;

  private static final String NOTE = "newest";

  private final Path folder;
  private final Author committer;
  private final FileRepository repository;

  /** Commits that were here with all of their trees when that was looked at. */
  private final Set<ObjectId> whole = new HashSet<>();

  private PartialRepository(Path folder, Author committer, FileRepository repository) {
    this.folder = folder;
    this.committer = committer;
    this.repository = repository;
  }

  /**
   * Opens one, and makes it first if there is none, or what is there can't be used.
   *
   * @param committer of commits that are made here
   */
  public static PartialRepository open(Path folder, Author committer) {
    try {
      Path packs = folder.resolve("objects/pack");
      if (Files.isDirectory(packs) && count(packs) > 2 * MANY_PACKS) {
        WholeFolder.remove(folder);
      }
      return new PartialRepository(folder, committer, opened(folder));
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** The repository itself, for those who fetch into it and push from it. */
  public Repository repository() {
    return repository;
  }

  /** The commit that was noted last. */
  public Optional<ObjectId> noted() {
    try {
      Path file = folder.resolve(NOTE);
      return Files.exists(file)
          ? Optional.of(Files.readString(file).strip())
              .filter(ObjectId::isId)
              .map(ObjectId::fromString)
          : Optional.empty();
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /**
   * Notes the newest commit that was fetched, so that less has to be fetched the next time. Not as
   * a ref: to a host, whoever has a commit has the contents of its files, too.
   */
  public void note(ObjectId commit) {
    try {
      if (!noted().equals(Optional.of(commit))) {
        Durable.write(
            folder.resolve(NOTE), (commit.name() + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** Whether a commit is here with all of its trees, which are looked at once. */
  public boolean has(ObjectId commit) {
    try (ObjectReader reader = repository.newObjectReader();
        var walk = new RevWalk(reader)) {
      if (!reader.has(commit)) {
        whole.remove(commit);
        return false;
      }
      if (whole.contains(commit)) {
        return true;
      }
      try (var trees = new TreeWalk(reader)) {
        trees.addTree(walk.parseCommit(commit).getTree());
        trees.setRecursive(true);
        while (trees.next()) {
          // It throws if one is missing.
        }
      }
      whole.add(commit.copy());
      return true;
    } catch (MissingObjectException e) {
      return false;
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** The files of a commit that is here. */
  public Snapshot files(CommitId commit) {
    try (var walk = new RevWalk(repository)) {
      return new TreeSnapshot(
          new Stored(repository), walk.parseCommit(GitIds.id(commit)).getTree().copy());
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** What is known here of the commits' history. */
  public PartialHistory history() {
    return new PartialHistory(repository, folder);
  }

  /** Whether contents are here. */
  public boolean has(ContentId content) {
    return repository.getObjectDatabase().has(GitModes.id(content));
  }

  /** Gives contents that are here to somebody. */
  public void give(ContentId content, Contents into) {
    try (ObjectReader reader = repository.newObjectReader()) {
      var blob = reader.open(GitModes.id(content), Constants.OBJ_BLOB);
      try (InputStream in = blob.openStream()) {
        into.put(blob.getSize(), in);
      }
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /** Makes commits here. */
  public ProposedCommits commits() {
    return new ProposedCommits(repository, folder, committer);
  }

  @Override
  public void close() {
    repository.close();
  }

  private static FileRepository opened(Path folder) throws IOException {
    Files.createDirectories(folder);
    var built =
        new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().setMustExist(false);
    var opened = new FileRepository(built.setup());
    if (!Files.exists(folder.resolve("HEAD"))) {
      opened.create(true);
    }
    return opened;
  }

  private static int count(Path packs) throws IOException {
    try (Stream<Path> files = Files.list(packs)) {
      return Math.toIntExact(files.count());
    }
  }

  static SyncException failure(Path folder, IOException cause) {
    return new SyncException.Unavailable(
        "the copy of the other repository in " + folder + " can't be used (" + cause + ")", cause);
  }
}

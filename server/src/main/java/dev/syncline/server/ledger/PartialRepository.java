package dev.syncline.server.ledger;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.ProposalBranch.Draft;
import dev.syncline.core.port.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
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

  /** How far back the author of a change is looked for. */
  private static final int FAR_BACK = 2000;

  private final Path folder;
  private final Author committer;
  private final FileRepository repository;

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
        delete(folder);
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

  /** Whether a commit is here with all of its trees. */
  public boolean has(ObjectId commit) {
    try (ObjectReader reader = repository.newObjectReader();
        var walk = new RevWalk(reader)) {
      if (!reader.has(commit)) {
        return false;
      }
      try (var trees = new TreeWalk(reader)) {
        trees.addTree(walk.parseCommit(commit).getTree());
        trees.setRecursive(true);
        while (trees.next()) {
          // It throws if one is missing.
        }
      }
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
      throw failure(folder, e);
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

  /** Makes a commit. */
  public CommitId commit(Draft draft, Contents from, Instant now) {
    try (ObjectInserter inserter = repository.newObjectInserter();
        ObjectReader reader = repository.newObjectReader();
        var walk = new RevWalk(reader)) {
      var base = walk.parseCommit(GitIds.id(draft.base())).getTree();
      var files = DirCache.newInCore();
      DirCacheBuilder builder = files.builder();
      try (var tree = new TreeWalk(reader)) {
        tree.addTree(base);
        tree.setRecursive(true);
        while (tree.next()) {
          FilePath path = new FilePath(GitPaths.text(tree.getRawPath(), 0, tree.getPathLength()));
          if (!isReplaced(path, draft)) {
            var entry = new DirCacheEntry(tree.getRawPath());
            entry.setFileMode(tree.getFileMode(0));
            entry.setObjectId(tree.getObjectId(0));
            builder.add(entry);
          }
        }
      }
      for (Map.Entry<FilePath, Optional<FileVersion>> file : draft.files().entrySet()) {
        if (file.getValue().isPresent()) {
          builder.add(entry(file.getKey(), file.getValue().get(), from, inserter));
        }
      }
      builder.finish();
      var person = new PersonIdent(committer.name(), committer.email(), now, ZoneOffset.UTC);
      var commit = new CommitBuilder();
      commit.setTreeId(files.writeTree(inserter));
      commit.setParentIds(draft.parents().stream().map(GitIds::id).toList());
      commit.setAuthor(person);
      commit.setCommitter(person);
      commit.setEncoding(StandardCharsets.UTF_8);
      commit.setMessage(draft.text());
      ObjectId made = inserter.insert(commit);
      inserter.flush();
      return GitIds.commit(made);
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  @Override
  public void close() {
    repository.close();
  }

  /** Whether a file makes room: it is there anew, or a file is where its folder was. */
  private static boolean isReplaced(FilePath path, Draft draft) {
    return draft.files().containsKey(path)
        || path.above().anyMatch(above -> draft.files().getOrDefault(above, NOTHING).isPresent());
  }

  private static final Optional<FileVersion> NOTHING = Optional.empty();

  private static DirCacheEntry entry(
      FilePath path, FileVersion version, Contents from, ObjectInserter inserter)
      throws IOException {
    try (InputStream in = from.open(version.content())) {
      ObjectId blob = inserter.insert(Constants.OBJ_BLOB, from.size(version.content()), in);
      var entry = new DirCacheEntry(GitPaths.bytes(path));
      entry.setFileMode(FileMode.fromBits(GitModes.bits(version.mode())));
      entry.setObjectId(blob);
      return entry;
    }
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

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  private static SyncException failure(Path folder, IOException cause) {
    return new SyncException.Unavailable(
        "the copy of the other repository in " + folder + " can't be used (" + cause + ")", cause);
  }
}

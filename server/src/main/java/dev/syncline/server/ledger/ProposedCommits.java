package dev.syncline.server.ledger;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.ProposalBranch.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Makes commits in a {@link PartialRepository}. One caller at a time. */
public final class ProposedCommits {

  private static final Optional<FileVersion> NOTHING = Optional.empty();

  private final Repository repository;
  private final Path folder;
  private final Author committer;

  ProposedCommits(Repository repository, Path folder, Author committer) {
    this.repository = repository;
    this.folder = folder;
    this.committer = committer;
  }

  /** Makes a commit on top of others. */
  public CommitId make(Draft draft, Contents from, Instant now) {
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
      return commit(files.writeTree(inserter), draft.parents(), now, draft.text(), inserter);
    } catch (IOException e) {
      throw PartialRepository.failure(folder, e);
    }
  }

  /** Makes a commit without parents that has one file: the same for the same. */
  public CommitId alone(String file, byte[] text, String message) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      var tree = new TreeFormatter();
      tree.append(file, FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, text));
      return commit(inserter.insert(tree), List.of(), Instant.EPOCH, message, inserter);
    } catch (IOException e) {
      throw PartialRepository.failure(folder, e);
    }
  }

  private CommitId commit(
      ObjectId tree, List<CommitId> parents, Instant at, String message, ObjectInserter inserter)
      throws IOException {
    var person = new PersonIdent(committer.name(), committer.email(), at, ZoneOffset.UTC);
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents.stream().map(GitIds::id).toList());
    commit.setAuthor(person);
    commit.setCommitter(person);
    commit.setEncoding(StandardCharsets.UTF_8);
    commit.setMessage(message);
    ObjectId made = inserter.insert(commit);
    inserter.flush();
    return GitIds.commit(made);
  }

  /** Whether a file makes room: it is there anew, or a file is where its folder was. */
  private static boolean isReplaced(FilePath path, Draft draft) {
    return draft.files().containsKey(path)
        || path.above().anyMatch(above -> draft.files().getOrDefault(above, NOTHING).isPresent());
  }

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
}

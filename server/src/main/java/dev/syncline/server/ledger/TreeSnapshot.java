package dev.syncline.server.ledger;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The files of a Git tree, read as far as somebody asks. Thread-safe: nothing is kept.
 *
 * @param stored the repository that has it
 * @param tree its root
 */
record TreeSnapshot(Stored stored, ObjectId tree) implements Snapshot {

  @Override
  public Optional<FileVersion> at(FilePath path) {
    return entry(path)
        .filter(entry -> !entry.isTree())
        .map(entry -> version(path, entry.bits(), entry.id()));
  }

  @Override
  public boolean isFolder(FilePath path) {
    return entry(path).filter(TreeEntry::isTree).isPresent();
  }

  @Override
  public Changes since(Snapshot older) {
    if (!(older instanceof TreeSnapshot other) || other.stored != stored) {
      throw new IllegalArgumentException("only snapshots of one ledger can be compared");
    }
    var changes = new TreeMap<FilePath, FileChange>();
    if (other.tree.equals(tree)) {
      return Changes.NONE;
    }
    try (ObjectReader reader = stored.reader();
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(other.tree);
      walk.addTree(tree);
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        FilePath path = path(walk.getRawPath());
        Optional<FileVersion> before = side(walk, 0, path);
        Optional<FileVersion> after = side(walk, 1, path);
        FileChange.between(before, after).ifPresent(change -> changes.put(path, change));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return new Changes(changes);
  }

  @Override
  public void forEach(BiConsumer<FilePath, FileVersion> visitor) {
    Deque<Folder> open = new ArrayDeque<>();
    try (ObjectReader reader = stored.reader()) {
      open.push(folder(reader, tree, ""));
      while (!open.isEmpty()) {
        Folder folder = open.getFirst();
        if (!folder.entries.hasNext()) {
          open.pop();
          continue;
        }
        TreeEntry entry = folder.entries.next();
        String path = folder.prefix + entry.text();
        if (entry.isTree()) {
          open.push(folder(reader, entry.id(), path + "/"));
        } else {
          FilePath file = path(path);
          visitor.accept(file, version(file, entry.bits(), entry.id()));
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Reads only the folders that have files of the page, and those above them. */
  @Override
  public SortedMap<FilePath, FileVersion> page(
      Optional<FilePath> folder, Optional<FilePath> after, int limit) {
    var page = new TreeMap<FilePath, FileVersion>();
    Deque<Folder> open = new ArrayDeque<>();
    Optional<ObjectId> root = tree(folder);
    try (ObjectReader reader = stored.reader()) {
      if (root.isPresent()) {
        open.push(folder(reader, root.get(), folder.map(at -> at + "/").orElse("")));
      }
      while (!open.isEmpty() && page.size() < limit) {
        Folder here = open.getFirst();
        if (!here.entries.hasNext()) {
          open.pop();
          continue;
        }
        TreeEntry entry = here.entries.next();
        FilePath path = path(here.prefix + entry.text());
        if (!entry.isTree()) {
          if (after.isEmpty() || path.compareTo(after.get()) > 0) {
            page.put(path, version(path, entry.bits(), entry.id()));
          }
        } else if (after.isEmpty() || mayHoldLater(path, after.get())) {
          open.push(folder(reader, entry.id(), path + "/"));
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return page;
  }

  @Override
  public Listing list(Optional<FilePath> folder) {
    var files = new HashMap<FilePath, FileVersion>();
    var folders = new HashSet<FilePath>();
    Optional<ObjectId> root = tree(folder);
    try (ObjectReader reader = stored.reader()) {
      if (root.isPresent()) {
        Folder here = folder(reader, root.get(), folder.map(at -> at + "/").orElse(""));
        while (here.entries.hasNext()) {
          TreeEntry entry = here.entries.next();
          FilePath path = path(here.prefix + entry.text());
          if (entry.isTree()) {
            folders.add(path);
          } else {
            files.put(path, version(path, entry.bits(), entry.id()));
          }
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return new Listing(files, folders);
  }

  /** The tree of a folder; empty if there is none. */
  private Optional<ObjectId> tree(Optional<FilePath> folder) {
    return folder.isEmpty()
        ? Optional.of(tree)
        : entry(folder.get()).filter(TreeEntry::isTree).map(TreeEntry::id);
  }

  /** Whether a folder may have a file that comes after this one. */
  private static boolean mayHoldLater(FilePath folder, FilePath last) {
    return last.isUnder(folder) || GitPaths.compare(folder + "/", last.value()) > 0;
  }

  private Optional<TreeEntry> entry(FilePath path) {
    byte[] names = GitPaths.bytes(path);
    ObjectId folder = tree;
    int start = 0;
    try (ObjectReader reader = stored.reader()) {
      while (true) {
        int end = start;
        while (end < names.length && names[end] != '/') {
          end++;
        }
        byte[] raw = reader.open(folder, Constants.OBJ_TREE).getCachedBytes(Integer.MAX_VALUE);
        Optional<TreeEntry> entry = TreeText.find(raw, names, start, end);
        if (entry.isEmpty() || end == names.length) {
          return entry;
        }
        if (!entry.get().isTree()) {
          return Optional.empty();
        }
        folder = entry.get().id();
        start = end + 1;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private record Folder(String prefix, Iterator<TreeEntry> entries) {}

  private static Folder folder(ObjectReader reader, ObjectId tree, String prefix)
      throws IOException {
    byte[] raw = reader.open(tree, Constants.OBJ_TREE).getCachedBytes(Integer.MAX_VALUE);
    List<TreeEntry> entries = new ArrayList<>(TreeText.parse(raw));
    if (entries.stream().anyMatch(entry -> GitPaths.hasRawByte(entry.text()))) {
      entries.sort(Comparator.comparing(TreeSnapshot::sortKey, GitPaths::compare));
    }
    return new Folder(prefix, entries.iterator());
  }

  private static String sortKey(TreeEntry entry) {
    return entry.isTree() ? entry.text() + "/" : entry.text();
  }

  private Optional<FileVersion> side(TreeWalk walk, int side, FilePath path) {
    int bits = walk.getRawMode(side);
    return bits == 0 || GitModes.isTree(bits)
        ? Optional.empty()
        : Optional.of(version(path, bits, walk.getObjectId(side)));
  }

  private FileVersion version(FilePath path, int bits, AnyObjectId id) {
    return GitModes.version(bits, id)
        .orElseThrow(() ->
            GitFailure.damaged(
                stored.path(),
                "\""
                    + path
                    + "\" has mode "
                    + Integer.toOctalString(bits)
                    + " in tree "
                    + tree.name()));
  }

  private FilePath path(byte[] raw) {
    return path(GitPaths.text(raw, 0, raw.length));
  }

  private FilePath path(String text) {
    try {
      return new FilePath(text);
    } catch (SyncException.Invalid e) {
      throw new SyncException.Corrupt(
          "the ledger "
              + stored.path()
              + " has a path that no workspace may hold, in tree "
              + tree.name()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private SyncException unreadable(IOException cause) {
    return GitFailure.reading(stored.path(), "tree " + tree.name(), cause);
  }
}

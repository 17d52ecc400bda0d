package dev.syncline.server.ledger;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tree that changes lead to. Reads and writes only folders that a changed path runs
 * through; a folder that loses its last file is gone. Confined to the thread that commits.
 */
final class TreeEditor {

  /** Whether what a change starts from has to be there. */
  enum Before {
    /** It has to: else it is a clash. */
    CHECKED,
    /** Whatever is there is replaced. */
    ANY
  }

  private final FreshObjects objects;

  TreeEditor(FreshObjects objects) {
    this.objects = objects;
  }

  /** The tree that changes lead to from {@code tree}. */
  Edited edit(ObjectId tree, Changes changes, Before before) throws IOException {
    if (changes.isEmpty()) {
      return new Edited.Done(tree);
    }
    changes.byPath().keySet().forEach(GitPaths::check);
    var all = List.copyOf(changes.byPath().entrySet());
    try {
      Optional<ObjectId> edited = folder(Optional.of(tree), all, 0, before);
      return new Edited.Done(
          edited.isPresent() ? edited.get() : objects.add(Constants.OBJ_TREE, new byte[0]));
    } catch (ClashException clash) {
      return new Edited.Clash(clash.path);
    }
  }

  /** What changes in one entry of a folder: the file of that name, and files in the folder. */
  private static final class Touched {
    @Nullable TreeEntry existing;
    Map.@Nullable Entry<FilePath, FileChange> itself;
    final List<Map.Entry<FilePath, FileChange>> below = new ArrayList<>();

    FilePath path() {
      return itself != null ? itself.getKey() : below.getFirst().getKey();
    }
  }

  private static final class ClashException extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient FilePath path;

    ClashException(FilePath path) {
      this.path = path;
    }
  }

  /**
   * The folder as it will be; empty if it will have no file.
   *
   * @param start where in each path the name begins that is in this folder
   */
  private Optional<ObjectId> folder(
      Optional<ObjectId> tree,
      List<Map.Entry<FilePath, FileChange>> changes,
      int start,
      Before before)
      throws IOException {
    Map<String, Touched> touched = byName(changes, start);
    var entries = new ArrayList<TreeEntry>();
    if (tree.isPresent()) {
      for (TreeEntry entry : TreeText.parse(objects.tree(tree.get()))) {
        Touched here = touched.get(entry.name());
        if (here == null) {
          entries.add(entry);
        } else if (here.existing == null) {
          here.existing = entry;
        } else {
          throw new ClashException(here.path()); // two entries of one name: no Git wrote that
        }
      }
    }
    for (Map.Entry<String, Touched> entry : touched.entrySet()) {
      after(entry.getKey(), entry.getValue(), start, before).ifPresent(entries::add);
    }
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    Collections.sort(entries);
    return Optional.of(objects.add(Constants.OBJ_TREE, TreeText.format(entries)));
  }

  private Optional<TreeEntry> after(String name, Touched touched, int start, Before before)
      throws IOException {
    TreeEntry existing = touched.existing;
    boolean isFolder = existing != null && existing.isTree();
    Optional<TreeEntry> file = Optional.ofNullable(isFolder ? null : existing);
    if (touched.itself != null) {
      file = replaced(name, touched.itself, file, before);
    }
    Optional<ObjectId> folder =
        isFolder && existing != null ? Optional.of(existing.id()) : Optional.empty();
    if (!touched.below.isEmpty()) {
      folder = folder(folder, touched.below, nameAfter(touched.below, start), before);
    }
    if (file.isPresent() && folder.isPresent()) {
      throw new ClashException(touched.path());
    }
    return file.isPresent() ? file : folder.map(id -> new TreeEntry(name, GitModes.TREE, id));
  }

  private static Optional<TreeEntry> replaced(
      String name,
      Map.Entry<FilePath, FileChange> change,
      Optional<TreeEntry> existing,
      Before before)
      throws ClashException {
    Optional<FileVersion> now =
        existing.flatMap(entry -> GitModes.version(entry.bits(), entry.id()));
    if (before == Before.CHECKED && !now.equals(change.getValue().before())) {
      throw new ClashException(change.getKey());
    }
    return change.getValue().after().map(version -> GitModes.entry(name, version));
  }

  /** Where the next name begins in paths that have all before it in common. */
  private static int nameAfter(List<Map.Entry<FilePath, FileChange>> changes, int start) {
    return changes.getFirst().getKey().value().indexOf('/', start) + 1;
  }

  /** Names as bytes, one a character. */
  private static Map<String, Touched> byName(
      List<Map.Entry<FilePath, FileChange>> changes, int start) {
    var byName = new LinkedHashMap<String, Touched>();
    for (Map.Entry<FilePath, FileChange> change : changes) {
      String path = change.getKey().value();
      int slash = path.indexOf('/', start);
      byte[] name = GitPaths.bytes(path.substring(start, slash < 0 ? path.length() : slash));
      Touched touched =
          byName.computeIfAbsent(new String(name, StandardCharsets.ISO_8859_1), _ -> new Touched());
      if (slash < 0) {
        touched.itself = change;
      } else {
        touched.below.add(change);
      }
    }
    return byName;
  }
}

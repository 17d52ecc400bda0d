package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The index, and where it differs from a base: so that what is the same on both sides need not be
 * read on either. What always holds between two calls, once there is a base:
 *
 * <ul>
 *   <li>a file of the index is marked as agreed exactly if the base holds the same version;
 *   <li>{@code absent} are the base's files that are not in the index, without commits of other
 *       repositories; it may name some that are.
 * </ul>
 *
 * <p>Confined to the endpoint's caller.
 */
final class KnownFolder {

  private final Spelling spelling;
  private IndexedFolder root;
  private Optional<Snapshot> base = Optional.empty();
  private final TreeSet<FilePath> absent = new TreeSet<>();
  private final Set<FilePath> foreign = new HashSet<>();

  KnownFolder(Spelling spelling, IndexedFolder root) {
    this.spelling = spelling;
    this.root = root;
  }

  IndexedFolder root() {
    return root;
  }

  void replaceRoot(IndexedFolder now) {
    root = now;
  }

  /** Paths at which the base has a commit of another repository. */
  Set<FilePath> foreign() {
    return foreign;
  }

  /** Forgets which base it was compared to. */
  void forgetBase() {
    base = Optional.empty();
  }

  /**
   * Compares to another base at the cost of what differs between it and the one before.
   *
   * @return false if there is none before, or it can't be compared to this one
   */
  @SuppressWarnings("ReferenceEquality") // the same tree is most often the same object
  boolean follow(Snapshot newer) {
    if (base.isEmpty()) {
      return false;
    }
    Snapshot older = base.get();
    if (older == newer) {
      return true;
    }
    Changes changes;
    try {
      changes = newer.since(older);
    } catch (IllegalArgumentException _) {
      return false; // the link sees another part of the ledger now
    }
    changes.byPath().forEach((path, change) -> take(path, change.after()));
    base = Optional.of(newer);
    return true;
  }

  /** Compares to a base, file by file. */
  void compare(Snapshot files) {
    absent.clear();
    foreign.clear();
    root.forEach(
        "",
        (where, folder) -> {
          for (int i = 0; i < folder.count(); i++) {
            folder.agree(i, false);
          }
        });
    files.forEach((path, version) -> spelling.learn(path));
    files.forEach((path, version) -> take(path, Optional.of(version)));
    base = Optional.of(files);
  }

  /**
   * Forgets what is in files of which the base holds another version: after a start, nobody knows
   * whether the ledger kept it, and in which form.
   */
  void forgetWhatIsNotAgreed() {
    root.forEach(
        "",
        (where, folder) -> {
          for (int i = 0; i < folder.count(); i++) {
            if (!folder.isAgreed(i)) {
              folder.put(folder.name(i), IndexEntry.unread(folder.entry(i).stat()));
            }
          }
        });
  }

  /** Notes that files were not found where the index had them. */
  void dropped(FilePath path, KnownBase files) {
    files
        .at(path)
        .filter(version -> version.mode() != FileMode.GITLINK)
        .ifPresent(version -> absent.add(path));
  }

  /** What is known of a file; empty if there is none in the index. */
  Optional<IndexEntry> find(FilePath path) {
    String where = new Placement(spelling, root).existing(path);
    return folderOf(where).flatMap(folder -> folder.entry(nameOf(where)));
  }

  /** Notes what a file holds now, after it was written. */
  void put(String where, IndexEntry entry) {
    IndexedFolder at = parentFor(where);
    String name = nameOf(where);
    at.removeFolder(name);
    at.put(name, entry);
  }

  /** Keeps a name for a file that is on its way, so that no other gets it. */
  void reserve(FilePath path, String where, FileStat stat) {
    spelling.learn(path);
    IndexedFolder parent = parentFor(where);
    if (parent.find(nameOf(where)) < 0 && parent.folder(nameOf(where)).isEmpty()) {
      parent.put(nameOf(where), IndexEntry.unread(stat));
    }
  }

  /** Gives a name up that was kept and not used. */
  void release(String where) {
    folderOf(where)
        .ifPresent(parent -> {
          int at = parent.find(nameOf(where));
          if (at >= 0 && parent.isUnread(at)) {
            parent.remove(nameOf(where));
          }
        });
  }

  /** Notes that a file was removed. */
  void remove(String where, FilePath path) {
    folderOf(where).ifPresent(folder -> folder.remove(nameOf(where)));
    absent.add(path);
  }

  /** Forgets a folder that is gone, as far as nothing is known in it. */
  void removeFolder(String where) {
    folderOf(where)
        .ifPresent(parent -> {
          if (parent.folder(nameOf(where)).filter(IndexedFolder::isEmpty).isPresent()) {
            parent.removeFolder(nameOf(where));
          }
        });
  }

  /** The node of a folder; an empty one if it is not in the index. */
  IndexedFolder nodeOf(String where) {
    return where.isEmpty()
        ? root
        : folderOf(where)
            .flatMap(parent -> parent.folder(nameOf(where)))
            .orElseGet(IndexedFolder::new);
  }

  /** The node of the folder that a path is in, made if it is missing. */
  IndexedFolder parentFor(String where) {
    IndexedFolder at = root;
    int start = 0;
    for (int slash = where.indexOf('/'); slash >= 0; slash = where.indexOf('/', start)) {
      String name = where.substring(start, slash);
      at.remove(name);
      if (at.folder(name).isEmpty()) {
        at.putFolder(name, new IndexedFolder());
      }
      at = at.folder(name).orElseThrow();
      start = slash + 1;
    }
    return at;
  }

  /** The index's node of the folder that a path is in; empty if it is not in the index. */
  Optional<IndexedFolder> folderOf(String where) {
    Optional<IndexedFolder> at = Optional.of(root);
    int start = 0;
    for (int slash = where.indexOf('/'); slash >= 0; slash = where.indexOf('/', start)) {
      String name = where.substring(start, slash);
      at = at.flatMap(folder -> folder.folder(name));
      start = slash + 1;
    }
    return at;
  }

  /** The base's files that are not in the index. */
  Set<FilePath> absent() {
    absent.removeIf(path -> find(path).isPresent());
    return absent;
  }

  /** Files whose path in the folder is not the ledger's. */
  Map<FilePath, String> renamed() {
    var renamed = new TreeMap<FilePath, String>();
    if (!spelling.names().rules().keepEverything()) {
      root.forEach(
          "",
          (where, folder) -> {
            for (int i = 0; i < folder.count(); i++) {
              String path = IndexedFolder.join(where, folder.name(i));
              spelling
                  .toLedger(path)
                  .filter(ledger -> !ledger.value().equals(path))
                  .ifPresent(ledger -> renamed.put(ledger, path));
            }
          });
    }
    return renamed;
  }

  static String nameOf(String where) {
    return where.substring(where.lastIndexOf('/') + 1);
  }

  static String parentOf(String where) {
    int slash = where.lastIndexOf('/');
    return slash < 0 ? "" : where.substring(0, slash);
  }

  private void take(FilePath path, Optional<FileVersion> inBase) {
    if (inBase.isPresent()) {
      spelling.learn(path);
    }
    foreign.remove(path);
    absent.remove(path);
    if (inBase.isPresent() && inBase.get().mode() == FileMode.GITLINK) {
      foreign.add(path);
      return;
    }
    String where = new Placement(spelling, root).existing(path);
    Optional<IndexedFolder> folder = folderOf(where);
    int at = folder.isEmpty() ? -1 : folder.get().find(nameOf(where));
    if (at >= 0) {
      folder.orElseThrow().agree(at, folder.get().entry(at).version().equals(inBase));
    } else if (inBase.isPresent()) {
      absent.add(path);
    }
  }
}

package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What is known of a folder's files, and its folders. Names are those that the file system has, in
 * the order of their UTF-16 units. Seven numbers a file: a million files take about 120 MB.
 *
 * <p>Confined to the endpoint's caller, but for a scan, which gives each folder to one thread.
 */
final class IndexedFolder {

  private static final int FACTS = 7;
  private static final int MODE = 0b11;
  private static final int AGREED = 1 << 2;
  private static final int RACY = 1 << 3;
  private static final int UNREAD = 1 << 4;
  private static final int RUNS = 1 << 5;
  private static final int LINK = 1 << 6;

  private String[] names = {};
  private long[] facts = {};
  private int count;
  private String[] folderNames = {};
  private IndexedFolder[] folders = {};
  private int folderCount;

  int count() {
    return count;
  }

  String name(int at) {
    return names[at];
  }

  /** Where a file is; negative if it is not here. */
  int find(String name) {
    return Arrays.binarySearch(names, 0, count, name);
  }

  IndexEntry entry(int at) {
    int flags = flags(at);
    FileVersion version =
        new FileVersion(
            new ContentId(fact(at, 4), fact(at, 5), (int) (fact(at, 6) >>> 32)),
            ModeNumber.mode(flags & MODE));
    var stat =
        new FileStat(
            (flags & LINK) == 0 ? FileStat.Kind.FILE : FileStat.Kind.LINK,
            fact(at, 0),
            fact(at, 1),
            fact(at, 2),
            fact(at, 3),
            (flags & RUNS) != 0);
    return new IndexEntry(
        stat,
        (flags & UNREAD) == 0 ? Optional.of(version) : Optional.empty(),
        (flags & RACY) == 0 ? IndexEntry.Freshness.SETTLED : IndexEntry.Freshness.RACY,
        (flags & AGREED) != 0);
  }

  Optional<IndexEntry> entry(String name) {
    int at = find(name);
    return at < 0 ? Optional.empty() : Optional.of(entry(at));
  }

  /** Whether a file that looks like this surely holds what it held. */
  boolean isSettled(int at, FileStat stat) {
    return (flags(at) & (RACY | UNREAD)) == 0 && looksLike(at, stat);
  }

  boolean isAgreed(int at) {
    return (flags(at) & AGREED) != 0;
  }

  boolean isUnread(int at) {
    return (flags(at) & UNREAD) != 0;
  }

  void agree(int at, boolean agreed) {
    long old = facts[at * FACTS + 6];
    facts[at * FACTS + 6] = agreed ? old | AGREED : old & ~AGREED;
  }

  /** Adds or replaces a file. */
  void put(String name, IndexEntry entry) {
    int at = find(name);
    if (at < 0) {
      at = -at - 1;
      makeRoom(at);
      names[at] = name;
    }
    set(at, entry);
  }

  /** Adds a file whose name is behind all others. */
  void append(String name, IndexedFolder other, int from) {
    makeRoom(count);
    names[count - 1] = name;
    System.arraycopy(other.facts, from * FACTS, facts, (count - 1) * FACTS, FACTS);
  }

  void remove(String name) {
    int at = find(name);
    if (at >= 0) {
      System.arraycopy(names, at + 1, names, at, count - at - 1);
      System.arraycopy(facts, (at + 1) * FACTS, facts, at * FACTS, (count - at - 1) * FACTS);
      count--;
    }
  }

  int folderCount() {
    return folderCount;
  }

  String folderName(int at) {
    return folderNames[at];
  }

  IndexedFolder folder(int at) {
    return folders[at];
  }

  Optional<IndexedFolder> folder(String name) {
    int at = Arrays.binarySearch(folderNames, 0, folderCount, name);
    return at < 0 ? Optional.empty() : Optional.of(folders[at]);
  }

  void putFolder(String name, IndexedFolder folder) {
    int at = Arrays.binarySearch(folderNames, 0, folderCount, name);
    if (at < 0) {
      at = -at - 1;
      if (folderCount == folders.length) {
        folderNames = Arrays.copyOf(folderNames, grown(folderCount));
        folders = Arrays.copyOf(folders, grown(folderCount));
      }
      System.arraycopy(folderNames, at, folderNames, at + 1, folderCount - at);
      System.arraycopy(folders, at, folders, at + 1, folderCount - at);
      folderNames[at] = name;
      folderCount++;
    }
    folders[at] = folder;
  }

  void removeFolder(String name) {
    int at = Arrays.binarySearch(folderNames, 0, folderCount, name);
    if (at >= 0) {
      System.arraycopy(folderNames, at + 1, folderNames, at, folderCount - at - 1);
      System.arraycopy(folders, at + 1, folders, at, folderCount - at - 1);
      folderCount--;
      folders = Arrays.copyOf(folders, folderCount);
      folderNames = Arrays.copyOf(folderNames, folderCount);
    }
  }

  boolean isEmpty() {
    return count == 0 && folderCount == 0;
  }

  /** Shows every file in it and below, with its path from here. */
  void forEach(String where, BiConsumer<String, IndexedFolder> visitor) {
    visitor.accept(where, this);
    for (int i = 0; i < folderCount; i++) {
      folders[i].forEach(join(where, folderNames[i]), visitor);
    }
  }

  /** Lets go of room that is not used. */
  void trim() {
    names = Arrays.copyOf(names, count);
    facts = Arrays.copyOf(facts, count * FACTS);
    folderNames = Arrays.copyOf(folderNames, folderCount);
    folders = Arrays.copyOf(folders, folderCount);
  }

  /** A path of names. */
  static String join(String where, String name) {
    return where.isEmpty() ? name : where + "/" + name;
  }

  private boolean looksLike(int at, FileStat stat) {
    int flags = flags(at);
    return fact(at, 0) == stat.size()
        && fact(at, 1) == stat.modified()
        && fact(at, 2) == stat.changed()
        && fact(at, 3) == stat.id()
        && ((flags & RUNS) != 0) == stat.executable()
        && ((flags & LINK) != 0) == (stat.kind() == FileStat.Kind.LINK);
  }

  private void set(int at, IndexEntry entry) {
    int first = at * FACTS;
    FileStat stat = entry.stat();
    ContentId content = entry.contentOrNothing();
    facts[first] = stat.size();
    facts[first + 1] = stat.modified();
    facts[first + 2] = stat.changed();
    facts[first + 3] = stat.id();
    facts[first + 4] = content.head();
    facts[first + 5] = content.middle();
    int flags =
        ModeNumber.of(entry.mode())
            | (entry.agreed() ? AGREED : 0)
            | (entry.freshness() == IndexEntry.Freshness.RACY ? RACY : 0)
            | (entry.version().isEmpty() ? UNREAD : 0)
            | (stat.executable() ? RUNS : 0)
            | (stat.kind() == FileStat.Kind.LINK ? LINK : 0);
    facts[first + 6] = (long) content.tail() << 32 | flags;
  }

  private void makeRoom(int at) {
    if (count == names.length) {
      names = Arrays.copyOf(names, grown(count));
      facts = Arrays.copyOf(facts, grown(count) * FACTS);
    }
    System.arraycopy(names, at, names, at + 1, count - at);
    System.arraycopy(facts, at * FACTS, facts, (at + 1) * FACTS, (count - at) * FACTS);
    count++;
  }

  private static int grown(int length) {
    return length + Math.max(4, length / 4);
  }

  private long fact(int at, int which) {
    return facts[at * FACTS + which];
  }

  private int flags(int at) {
    return (int) facts[at * FACTS + 6];
  }
}

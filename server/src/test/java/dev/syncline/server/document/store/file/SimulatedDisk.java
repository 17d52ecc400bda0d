package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that loses what was not synced: writes tear at any byte when power fails, names
 * are lost or kept one by one, and any call can be made to fail. After a failed sync it takes what
 * was not on the medium for clean, as Linux does: syncing again does not bring it there.
 */
final class SimulatedDisk implements Disk {

  private final RandomGenerator random;
  private final Map<Path, Inode> names = new HashMap<>();
  private final Map<Path, Inode> durableNames = new HashMap<>();
  private final Set<Path> directories = new HashSet<>();
  private final Set<Path> durableDirectories = new HashSet<>();
  private long calls;
  private long failAt = Long.MAX_VALUE;
  private long failures;
  private String reason = "";
  private boolean off;
  private @Nullable Error bug;
  private int openFiles;

  SimulatedDisk(RandomGenerator random) {
    this.random = random;
  }

  private record Write(long offset, byte[] bytes) {}

  /** Contents as programs see them, and as they are on the medium. */
  private static final class Inode {
    private byte[] current = new byte[0];
    private byte[] durable = new byte[0];
    private final List<Write> unsynced = new ArrayList<>();
  }

  /** Calls that change something, up to now. */
  synchronized long calls() {
    return calls;
  }

  /** Files that were opened and not closed. */
  synchronized int openFiles() {
    return openFiles;
  }

  /** From the so many-th further call on, so many changes fail. */
  synchronized void fail(long afterCalls, long howMany, String why) {
    failAt = calls + afterCalls;
    failures = howMany;
    reason = why;
    bug = null;
  }

  /** The same, but not with an exception that a disk throws. */
  synchronized void fail(long afterCalls, long howMany, Error thrown) {
    fail(afterCalls, howMany, "");
    bug = thrown;
  }

  /** Everything works again. */
  synchronized void mend() {
    failAt = Long.MAX_VALUE;
  }

  /** Power fails at the so many-th further call: it and all others fail until {@link #restart}. */
  synchronized void cutPower(long afterCalls) {
    fail(afterCalls, Long.MAX_VALUE / 2, "power cut");
    off = true;
  }

  /** The machine starts again with what was on the medium, and some of what was not synced. */
  synchronized void restart() {
    mend();
    off = false;
    for (Path directory : union(directories, durableDirectories)) {
      keepSome(directory, directories, durableDirectories);
    }
    for (Path name : union(names.keySet(), durableNames.keySet())) {
      if (random.nextBoolean()) {
        put(durableNames, name, names.get(name));
      }
    }
    durableNames.keySet().removeIf(name -> !reachable(name));
    names.clear();
    names.putAll(durableNames);
    directories.retainAll(durableDirectories);
    new HashSet<>(names.values()).forEach(this::tear);
  }

  /** The program dies, but the machine does not: all that was written stays. */
  synchronized void restartProgramOnly() {
    mend();
    off = false;
  }

  @Override
  public synchronized OpenFile read(Path file) throws IOException {
    Inode inode = names.get(file);
    if (inode == null) {
      throw new NoSuchFileException(file.toString());
    }
    return new SimulatedFile(inode);
  }

  @Override
  public synchronized OpenFile write(Path file) throws IOException {
    change();
    if (!directories.contains(file.getParent())) {
      throw new NoSuchFileException(file.toString());
    }
    return new SimulatedFile(names.computeIfAbsent(file, path -> new Inode()));
  }

  @Override
  public synchronized boolean exists(Path file) {
    return names.containsKey(file) || directories.contains(file);
  }

  @Override
  public synchronized List<String> list(Path directory) {
    return names.keySet().stream()
        .filter(path -> directory.equals(path.getParent()))
        .map(path -> path.getFileName().toString())
        .toList();
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    change();
    names.remove(file);
  }

  @Override
  public synchronized void createDirectory(Path directory) throws IOException {
    if (directories.contains(directory)) {
      return;
    }
    change();
    for (Path at = directory; at != null; at = at.getParent()) {
      directories.add(at);
    }
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    change();
    for (Path name : union(names.keySet(), durableNames.keySet())) {
      if (directory.equals(name.getParent())) {
        put(durableNames, name, names.get(name));
      }
    }
    durableDirectories.add(directory);
    directories.stream()
        .filter(child -> directory.equals(child.getParent()))
        .forEach(durableDirectories::add);
  }

  private void change() throws IOException {
    if (calls++ >= failAt) {
      if (failures-- > 0) {
        if (bug != null) {
          throw bug;
        }
        throw new IOException(reason);
      }
      mend();
    }
  }

  private boolean reachable(Path name) {
    for (Path at = name.getParent(); at != null; at = at.getParent()) {
      if (!durableDirectories.contains(at) && at.getParent() != null) {
        return false;
      }
    }
    return true;
  }

  private void keepSome(Path path, Set<Path> from, Set<Path> to) {
    if (from.contains(path) && random.nextBoolean()) {
      to.add(path);
    }
  }

  private static Set<Path> union(Set<Path> one, Set<Path> other) {
    var union = new HashSet<>(one);
    union.addAll(other);
    return union;
  }

  private static void put(Map<Path, Inode> to, Path name, @Nullable Inode inode) {
    if (inode == null) {
      to.remove(name);
    } else {
      to.put(name, inode);
    }
  }

  /** Keeps a beginning of what was written since the last sync; the last write at any byte. */
  private void tear(Inode inode) {
    int keep = random.nextInt(inode.unsynced.size() + 1);
    for (int i = 0; i < keep; i++) {
      inode.durable = apply(inode.durable, inode.unsynced.get(i));
    }
    if (keep < inode.unsynced.size()) {
      Write torn = inode.unsynced.get(keep);
      int length = random.nextInt(torn.bytes().length + 1);
      byte[] part = Arrays.copyOf(torn.bytes(), length);
      if (random.nextInt(4) == 0) {
        // The length was on the medium before the rest of the bytes.
        part = Arrays.copyOf(part, torn.bytes().length);
      }
      if (part.length > 0) {
        inode.durable = apply(inode.durable, new Write(torn.offset(), part));
      }
    }
    inode.unsynced.clear();
    inode.current = inode.durable;
  }

  /** An empty write cuts the file at its offset. */
  private static byte[] apply(byte[] content, Write write) {
    if (write.bytes().length == 0) {
      return Arrays.copyOf(content, (int) write.offset());
    }
    int end = (int) write.offset() + write.bytes().length;
    byte[] result = Arrays.copyOf(content, Math.max(content.length, end));
    System.arraycopy(write.bytes(), 0, result, (int) write.offset(), write.bytes().length);
    return result;
  }

  private final class SimulatedFile implements OpenFile {
    private final Inode inode;
    private boolean closed;

    SimulatedFile(Inode inode) {
      this.inode = inode;
      openFiles++;
    }

    @Override
    public int read(ByteBuffer into, long offset) {
      synchronized (SimulatedDisk.this) {
        int length = (int) Math.min(into.remaining(), inode.current.length - offset);
        if (length <= 0) {
          return -1;
        }
        into.put(inode.current, (int) offset, length);
        return length;
      }
    }

    @Override
    public void write(ByteBuffer from, long offset) throws IOException {
      byte[] bytes = new byte[from.remaining()];
      from.get(bytes);
      synchronized (SimulatedDisk.this) {
        try {
          change();
        } catch (IOException | Error e) {
          // A full disk takes what still fits.
          put(new Write(offset, Arrays.copyOf(bytes, random.nextInt(bytes.length + 1))));
          throw e;
        }
        put(new Write(offset, bytes));
      }
    }

    private void put(Write write) {
      if (write.bytes().length > 0) {
        inode.unsynced.add(write);
        inode.current = apply(inode.current, write);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (SimulatedDisk.this) {
        try {
          change();
        } catch (IOException | Error e) {
          if (!off) {
            byte[] seen = inode.current;
            tear(inode);
            inode.current = seen;
          }
          throw e;
        }
        for (Write write : inode.unsynced) {
          inode.durable = apply(inode.durable, write);
        }
        inode.unsynced.clear();
      }
    }

    @Override
    public void truncate(long length) throws IOException {
      synchronized (SimulatedDisk.this) {
        change();
        if (length < inode.current.length) {
          Write cut = new Write(length, new byte[0]);
          inode.unsynced.add(cut);
          inode.current = apply(inode.current, cut);
        }
      }
    }

    @Override
    public long size() {
      synchronized (SimulatedDisk.this) {
        return inode.current.length;
      }
    }

    @Override
    public void close() {
      synchronized (SimulatedDisk.this) {
        openFiles -= closed ? 0 : 1;
        closed = true;
      }
    }
  }
}

package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the segments of the log. After any failure it goes on in a new segment whose beginning
 * cuts the old one back to what was acknowledged: a record that was told failed never comes back
 * once anything later is durable. Confined to one thread.
 */
final class LogWriter {

  private final Path directory;
  private final Disk disk;
  private final Counters counters;
  private final Framing framing = new Framing();
  private final WriteBuffer buffer = new WriteBuffer(256 << 10);

  /** The last segment that counts, and how much of it. */
  private long number;

  private long length;
  private long lastTried;
  private long beginning;
  private Disk.@Nullable OpenFile file;

  /**
   * @param number of the last segment that counts, 0 if there is none
   * @param length how much of it counts
   * @param lastTried the highest number of any segment file
   */
  LogWriter(
      Path directory, Disk disk, Counters counters, long number, long length, long lastTried) {
    this.directory = directory;
    this.disk = disk;
    this.counters = counters;
    this.number = number;
    this.length = length;
    this.lastTried = lastTried;
  }

  long number() {
    return number;
  }

  long length() {
    return length;
  }

  /** Whether a segment is open that takes entries. */
  boolean isReady() {
    return file != null;
  }

  boolean hasEntries() {
    return length > beginning;
  }

  /** Begins a new segment, durably. Entries that come next go there. */
  void begin() throws IOException {
    release();
    long next = ++lastTried;
    Path path = LogFiles.path(directory, next);
    Disk.OpenFile fresh = disk.write(path);
    try {
      byte[] payload = new LogEntry.Begin(number, length, counters.plannedBytes().get()).payload();
      byte[] record = framing.frame(Binding.toSegment(next), 0, payload);
      WriteBuffer.Target out = buffer.to(fresh, 0);
      out.put(record);
      out.flush();
      fresh.force();
      disk.syncDirectory(directory);
      number = next;
      length = record.length;
      beginning = record.length;
      file = fresh;
      counters.logBytes().addAndGet(record.length);
    } catch (IOException | RuntimeException | Error e) {
      abandon(fresh, path, e);
      throw e;
    }
  }

  /** Writes and forces entries, all of them or none. */
  void write(List<LogEntry> entries) throws IOException {
    Disk.OpenFile to = file;
    if (to == null) {
      throw new IllegalStateException("no segment was begun");
    }
    try {
      WriteBuffer.Target out = buffer.to(to, length);
      for (LogEntry entry : entries) {
        put(out, entry);
      }
      out.flush();
      long before = System.nanoTime();
      to.force();
      counters.syncTimes().record(System.nanoTime() - before);
      counters.syncs().incrementAndGet();
      counters.logBytes().addAndGet(out.position() - length);
      length = out.position();
    } catch (IOException | RuntimeException | Error e) {
      retreat(to, e);
      throw e;
    }
  }

  void close() throws IOException {
    release();
  }

  private void put(WriteBuffer.Target out, LogEntry entry) throws IOException {
    Binding binding = Binding.toSegment(number);
    switch (entry) {
      case LogEntry.Begin _ -> throw new IllegalArgumentException("only a segment begins");
      case LogEntry.Append append -> {
        byte[] prefix =
            LogEntry.Append.prefix(append.document(), append.generation(), append.block().offset());
        int payload = prefix.length + append.block().bytes();
        framing.begin(binding, out.position(), payload).add(prefix);
        append.block().addTo(framing);
        out.putHeader(payload, framing.checksum());
        out.put(prefix);
        append.block().writeTo(out);
      }
      case LogEntry.Delete delete ->
          out.put(framing.frame(binding, out.position(), delete.payload()));
    }
  }

  /** Nothing behind the acknowledged length may stay, if the disk lets us. */
  private void retreat(Disk.OpenFile from, Throwable failure) {
    file = null;
    try (from) {
      from.truncate(length);
      from.force();
    } catch (IOException | RuntimeException | Error e) {
      // The beginning of the next segment says the same.
      failure.addSuppressed(e);
    }
  }

  private void abandon(Disk.OpenFile fresh, Path path, Throwable failure) {
    try (fresh) {
      disk.delete(path);
    } catch (IOException | RuntimeException | Error e) {
      // A segment between two that count is never read, and goes with the next checkpoint.
      failure.addSuppressed(e);
    }
  }

  private void release() throws IOException {
    Disk.OpenFile old = file;
    file = null;
    if (old != null) {
      old.close();
    }
  }
}

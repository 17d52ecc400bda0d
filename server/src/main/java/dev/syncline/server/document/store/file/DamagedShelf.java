package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps copies of what could not be read, with a line in {@code report.txt} for each, so that a
 * person can look. Each place counts once while the store is open. Thread-safe.
 */
final class DamagedShelf {

  /** More places than this are no longer told apart, so that a broken disk costs no memory. */
  private static final int MOST_PLACES = 10_000;

  private final FileStoreSettings settings;
  private final Disk disk;
  private final InstantSource clock;
  private final Counters counters;
  private final Set<String> seen = new HashSet<>();

  DamagedShelf(FileStoreSettings settings, Disk disk, InstantSource clock, Counters counters) {
    this.settings = settings;
    this.disk = disk;
    this.clock = clock;
    this.counters = counters;
  }

  /** Whether the bytes were acknowledged once, as far as one can tell. */
  enum Kind {
    /** A record that was whole once. */
    DAMAGED("damaged"),
    /** The end of the log, cut off in the middle of a write: nobody was told that it is stored. */
    UNFINISHED("unfinished, never acknowledged");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /**
   * @param name of the file that holds it, without its ending
   */
  record Place(String name, long offset, long length) {
    String copyName() {
      return name + "-" + offset + "-" + length + ".bin";
    }
  }

  /**
   * Copies a damaged range, counts and reports it, unless that happened before.
   *
   * @throws IOException if the copy can't be written; the count stands nevertheless
   */
  synchronized void setAside(FileChannel from, Place place, Kind kind) throws IOException {
    if (seen.size() >= MOST_PLACES || !seen.add(place.copyName())) {
      return;
    }
    if (kind == Kind.DAMAGED) {
      counters.damaged().incrementAndGet();
    }
    Path copy = settings.damaged().resolve(place.copyName());
    if (Files.exists(copy) && Files.size(copy) == place.length()) {
      return;
    }
    disk.createDirectory(settings.damaged());
    disk.syncDirectory(settings.directory());
    copy(from, place, copy);
    report(place, kind);
    disk.syncDirectory(settings.damaged());
  }

  private void copy(FileChannel from, Place place, Path copy) throws IOException {
    try (FileChannel to =
        disk.open(
            copy,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE))) {
      var buffer = ByteBuffer.allocate(64 << 10);
      long done = 0;
      while (done < place.length()) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), place.length() - done));
        if (from.read(buffer, place.offset() + done) < 0) {
          break;
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
          done += to.write(buffer, done);
        }
      }
      to.force(true);
    }
  }

  private void report(Place place, Kind kind) throws IOException {
    String line =
        "%s %s: %d bytes at %d of %s, copied to %s%n"
            .formatted(
                clock.instant(),
                kind.words,
                place.length(),
                place.offset(),
                place.name(),
                place.copyName());
    Path file = settings.damaged().resolve("report.txt");
    try (FileChannel report =
        disk.open(file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
      var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      long end = report.size();
      while (bytes.hasRemaining()) {
        end += report.write(bytes, end);
      }
      report.force(true);
    }
  }
}

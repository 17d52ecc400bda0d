package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps copies of what could not be read, with a line in {@code report.txt} for each, so that a
 * person can look. Each place counts and is logged once while the store is open. Thread-safe.
 */
final class DamagedShelf {

  private static final Logger LOG = LoggerFactory.getLogger(DamagedShelf.class);

  /** More places than this are no longer told apart, so that a broken disk costs no memory. */
  private static final int MOST_PLACES = 10_000;

  private final FileStoreSettings settings;
  private final Disk disk;
  private final InstantSource clock;
  private final Counters counters;
  private final Set<Place> seen = new HashSet<>();

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
   * @param document empty if many documents share the file
   */
  record Place(Path file, Optional<DocumentId> document, long offset, long length) {
    String copyName() {
      return file.getFileName() + "-" + offset + "-" + length + ".bin";
    }
  }

  /**
   * Copies a damaged range, counts and reports it, unless that happened before.
   *
   * @throws IOException if the copy can't be written; the count stands nevertheless
   */
  synchronized void setAside(Disk.OpenFile from, Place place, Kind kind) throws IOException {
    if (seen.size() >= MOST_PLACES || !seen.add(place)) {
      return;
    }
    if (kind == Kind.DAMAGED) {
      counters.damaged().incrementAndGet();
      LOG.atError()
          .addKeyValue("document", place.document().map(DocumentId::toString).orElse("unknown"))
          .addKeyValue("file", place.file())
          .addKeyValue("offset", place.offset())
          .addKeyValue("bytes", place.length())
          .log("stored data is damaged; a copy is set aside, everything else stays in use");
    }
    Path copy = settings.damaged().resolve(place.copyName());
    if (isWhole(copy, place)) {
      return;
    }
    disk.createDirectory(settings.damaged());
    disk.syncDirectory(settings.directory());
    // The copy comes last: if it is whole, nothing else is missing.
    report(place, kind);
    copy(from, place, copy);
    disk.syncDirectory(settings.damaged());
  }

  /** A full disk or a crash may have left a part of it. */
  private boolean isWhole(Path copy, Place place) throws IOException {
    if (!disk.exists(copy)) {
      return false;
    }
    try (Disk.OpenFile file = disk.read(copy)) {
      return file.size() == place.length();
    }
  }

  private void copy(Disk.OpenFile from, Place place, Path copy) throws IOException {
    try (Disk.OpenFile to = disk.write(copy)) {
      var buffer = ByteBuffer.allocate(64 << 10);
      long done = 0;
      while (done < place.length()) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), place.length() - done));
        if (from.read(buffer, place.offset() + done) < 0) {
          break;
        }
        buffer.flip();
        int length = buffer.remaining();
        to.write(buffer, done);
        done += length;
      }
      to.force();
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
                settings.directory().relativize(place.file()),
                place.copyName());
    try (Disk.OpenFile report = disk.write(settings.damaged().resolve("report.txt"))) {
      report.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), report.size());
      report.force();
    }
  }
}

package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings a store from whatever a crash left to where everything that was acknowledged is in
 * document files and the log is empty. Repeatable: a crash while it runs changes nothing.
 */
final class Recovery {

  private final FileStoreSettings settings;
  private final Disk disk;
  private final DamagedShelf shelf;
  private final Counters counters;
  private final DocumentWriter writer;
  private final Replay replay = new Replay();

  Recovery(
      FileStoreSettings settings,
      Disk disk,
      DocumentFiles files,
      DamagedShelf shelf,
      Counters counters) {
    this.settings = settings;
    this.disk = disk;
    this.shelf = shelf;
    this.counters = counters;
    this.writer = new DocumentWriter(settings, disk, files, counters, DocumentWriter.Names.UNSURE);
  }

  /** Answers the log, begun anew. */
  LogWriter run() throws IOException {
    makeDirectories();
    var segments = new ArrayList<SegmentChain.Segment>();
    for (long number : LogFiles.numbers(disk, settings.log())) {
      segments.add(look(number));
    }
    long last = 0;
    long length = 0;
    List<SegmentChain.Reach> reaches = SegmentChain.of(segments);
    if (!reaches.isEmpty()) {
      makeDurable(reaches.getLast());
    }
    for (SegmentChain.Reach reach : reaches) {
      last = reach.number();
      length = replay(reach);
    }
    writer.write(replay.drain());
    counters.plannedBytes().set(counters.documentBytes().get());
    long lastTried = segments.isEmpty() ? 0 : segments.getLast().number();
    var log = new LogWriter(settings.log(), disk, counters, last, length, lastTried);
    log.begin();
    try {
      LogFiles.drop(disk, settings.log(), lastTried, counters);
    } catch (IOException e) {
      log.close();
      throw e;
    }
    return log;
  }

  private void makeDirectories() throws IOException {
    Path directory = settings.directory().toAbsolutePath();
    disk.createDirectory(directory);
    Path parent = directory.getParent();
    if (parent != null) {
      disk.syncDirectory(parent);
    }
    disk.createDirectory(settings.log());
    disk.createDirectory(settings.documents());
    disk.syncDirectory(settings.directory());
  }

  /**
   * What a killed program left may be in the system's memory only. Document files must never say
   * more than the log on the medium: it could not repair them if power failed now.
   */
  private void makeDurable(SegmentChain.Reach last) throws IOException {
    try (Disk.OpenFile file = disk.write(LogFiles.path(settings.log(), last.number()))) {
      file.force();
    }
    disk.syncDirectory(settings.log());
  }

  private SegmentChain.Segment look(long number) throws IOException {
    try (Disk.OpenFile file = disk.read(LogFiles.path(settings.log(), number))) {
      counters.logBytes().addAndGet(file.size());
      Optional<LogEntry.Begin> begin =
          records(file, number, file.size())
              .at(0)
              .flatMap(LogEntry::parse)
              .filter(LogEntry.Begin.class::isInstance)
              .map(LogEntry.Begin.class::cast);
      return new SegmentChain.Segment(number, file.size(), begin);
    }
  }

  /** Answers how much of the segment counts. */
  private long replay(SegmentChain.Reach reach) throws IOException {
    Path path = LogFiles.path(settings.log(), reach.number());
    try (Disk.OpenFile file = disk.read(path)) {
      RecordReader records = records(file, reach.number(), reach.length());
      var walk = new Walk(path, file, records, reach);
      records.walk(walk);
      return walk.length;
    }
  }

  private static RecordReader records(Disk.OpenFile file, long number, long end) {
    return new RecordReader(new Window(file::read), Binding.toSegment(number), end);
  }

  private final class Walk implements RecordReader.Visitor {
    private final Path path;
    private final Disk.OpenFile file;
    private final RecordReader records;
    private final SegmentChain.Reach reach;
    private long length;

    Walk(Path path, Disk.OpenFile file, RecordReader records, SegmentChain.Reach reach) {
      this.path = path;
      this.file = file;
      this.records = records;
      this.reach = reach;
      this.length = reach.length();
    }

    @Override
    public void intact(long offset, byte[] payload) throws IOException {
      Optional<LogEntry> entry = LogEntry.parse(payload);
      if (entry.isEmpty()) {
        setAside(offset, Framing.HEADER_BYTES + payload.length, DamagedShelf.Kind.DAMAGED);
        return;
      }
      if (entry.get() instanceof LogEntry.Begin begin) {
        // The sum counts from where everything before is in files.
        writer.write(replay.drain());
        counters.documentBytes().set(begin.documentBytes());
      }
      replay.add(entry.get());
      if (replay.bytes() >= settings.tailBytes()) {
        writer.write(replay.drain());
      }
    }

    @Override
    public void damaged(long offset, long bytes) throws IOException {
      boolean atEnd = offset + bytes == reach.length() && !reach.cut();
      if (atEnd && records.unfinished(offset)) {
        length = offset;
        setAside(offset, bytes, DamagedShelf.Kind.UNFINISHED);
      } else {
        setAside(offset, bytes, DamagedShelf.Kind.DAMAGED);
      }
    }

    private void setAside(long offset, long bytes, DamagedShelf.Kind kind) throws IOException {
      shelf.setAside(file, new DamagedShelf.Place(path, Optional.empty(), offset, bytes), kind);
    }
  }
}

package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.measure.Histogram;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps chunks in local files: durable through one log that all documents share, then brought into
 * one file for each document. Opening it reads the log only, however many documents there are.
 *
 * <p>Thread-safe. Nobody else may use the directory while the store is open; whoever opens it sees
 * to that.
 */
public final class FileChunkStore implements ChunkStore {

  /** All chunks of one append are one record of the log, whose length is 32 bits wide. */
  private static final long MOST_APPEND_BYTES = 1L << 30;

  private final FileStoreSettings settings;
  private final Counters counters;
  private final Tails tails;
  private final TaskQueue queue;
  private final Checkpointer checkpointer;
  private final Committer committer;
  private final DocumentReader reader;
  private final DocumentList documents;
  private final Thread committing;
  private final Thread checkpointing;

  private FileChunkStore(FileStoreSettings settings, Disk disk, InstantSource clock)
      throws IOException {
    this.settings = settings;
    counters = new Counters();
    tails = new Tails();
    queue = new TaskQueue(settings.queueBytes());
    var files = new DocumentFiles(settings, disk);
    var shelf = new DamagedShelf(settings, disk, clock, counters);
    LogWriter log = new Recovery(settings, disk, files, shelf, counters).run();
    var writer = new DocumentWriter(settings, disk, files, counters, DocumentWriter.Names.DURABLE);
    checkpointer = new Checkpointer(settings, disk, writer, tails, counters);
    committer = new Committer(settings, queue, log, tails, files, checkpointer, counters);
    reader = new DocumentReader(disk, files, tails, shelf);
    documents = new DocumentList(settings, disk, tails);
    committing = Thread.ofPlatform().daemon().name("store-log").unstarted(committer);
    checkpointing = Thread.ofPlatform().daemon().name("store-files").unstarted(checkpointer);
  }

  /**
   * Opens or makes a store, after a crash too.
   *
   * @throws SyncException.Unavailable if the directory can't be used, with what to do about it
   */
  public static FileChunkStore open(FileStoreSettings settings, InstantSource clock) {
    return open(settings, new LocalDisk(), clock);
  }

  static FileChunkStore open(FileStoreSettings settings, Disk disk, InstantSource clock) {
    try {
      var store = new FileChunkStore(settings, disk, clock);
      store.checkpointing.start();
      store.committing.start();
      return store;
    } catch (IOException e) {
      throw DiskTrouble.writing(settings.directory(), e);
    }
  }

  @Override
  public void scan(DocumentId document, ChunkVisitor visitor) {
    reader.scan(document, visitor);
  }

  @Override
  public void read(DocumentId document, long[] positions, ChunkVisitor visitor) {
    if (positions.length > 0) {
      reader.read(document, positions, visitor);
    }
  }

  @Override
  public void append(DocumentId document, List<byte[]> chunks, Append append) {
    var task =
        new Task.Append(
            document, List.copyOf(chunks), append, System.nanoTime(), new AtomicBoolean());
    if (chunks.isEmpty() || task.bytes() > MOST_APPEND_BYTES) {
      throw new SyncException.Invalid(
          "an append has 1 byte to 1 GiB, not " + chunks.size() + " chunks of " + task.bytes());
    }
    for (byte[] chunk : chunks) {
      if (chunk.length < 1 || chunk.length > MAX_CHUNK_BYTES) {
        throw new SyncException.Invalid("a chunk has 1 byte to 64 MiB, not " + chunk.length);
      }
    }
    if (!committer.commitNow(task) && !queue.put(task)) {
      append.failed(closed());
    }
  }

  @Override
  public void delete(DocumentId document) {
    var done = new CompletableFuture<Boolean>();
    if (!queue.put(new Task.Delete(document, done))) {
      throw closed();
    }
    try {
      done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SyncException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public List<DocumentId> list(Optional<DocumentId> after, int limit) {
    if (limit < 1 || limit > 10_000) {
      throw new SyncException.Invalid("a list has 1 to 10,000 documents, not " + limit);
    }
    return documents.after(after, limit);
  }

  @Override
  public Status status() {
    return new Status(
        problem().map(SyncException::getMessage),
        counters.damaged().get(),
        counters.syncs().get(),
        counters.documentBytes().get() + counters.logBytes().get());
  }

  /** Times from the call of each append until it was durable. */
  public Histogram.Snapshot appendTimes() {
    return counters.appendTimes().snapshot();
  }

  /** Times of the log's fsyncs alone. */
  public Histogram.Snapshot syncTimes() {
    return counters.syncTimes().snapshot();
  }

  /**
   * Makes durable what was accepted, empties the log into document files if the disk lets it, and
   * ends the store's threads. What it can't bring into files stays in the log for the next start.
   */
  @Override
  public void close() {
    queue.close();
    boolean interrupted = join(committing);
    interrupted |= join(checkpointing);
    try {
      committer.close();
    } catch (IOException e) {
      throw DiskTrouble.writing(settings.directory(), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Files that can't keep up hinder nobody as long as memory has room for what is in the log. */
  private Optional<SyncException> problem() {
    return committer
        .trouble()
        .now()
        .or(() ->
            tails.bytes() >= settings.mostTailBytes()
                ? checkpointer.trouble().now()
                : Optional.empty());
  }

  private SyncException closed() {
    return DiskTrouble.writing(settings.directory(), new IOException("the store is closed"));
  }

  /** Waits for the end in any case; answers whether somebody wanted otherwise. */
  private static boolean join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
  }
}

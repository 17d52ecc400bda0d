package dev.syncline.server.document.store.file;

import dev.syncline.core.model.SyncException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how a {@link FileChunkStore} keeps its files.
 *
 * @param directory made if it is missing; whoever opens the store holds its lock
 * @param segmentBytes a log segment that reached this length is followed by a new one
 * @param tailBytes so many bytes that are in the log but not yet in document files start a
 *     checkpoint; appends wait for it at four times as many
 * @param queueBytes appends block while so much or more waits for the log
 * @param idle without appends for so long, a checkpoint empties the log
 * @param retry time between attempts while the disk refuses to be written
 */
public record FileStoreSettings(
    Path directory,
    long segmentBytes,
    long tailBytes,
    long queueBytes,
    Duration idle,
    Duration retry) {

  public FileStoreSettings {
    if (segmentBytes < 1 || tailBytes < 1 || queueBytes < 1) {
      throw new SyncException.Invalid("sizes of the file store must be positive");
    }
    if (!idle.isPositive() || !retry.isPositive()) {
      throw new SyncException.Invalid("times of the file store must be positive");
    }
  }

  /** What suits a small server. */
  public static FileStoreSettings in(Path directory) {
    return new FileStoreSettings(
        directory, 8 << 20, 4 << 20, 4 << 20, Duration.ofSeconds(5), Duration.ofSeconds(1));
  }

  /** The same with other sizes. */
  public FileStoreSettings withBytes(long segment, long tail, long queue) {
    return new FileStoreSettings(directory, segment, tail, queue, idle, retry);
  }

  /** The same with other times. */
  public FileStoreSettings withTimes(Duration newIdle, Duration newRetry) {
    return new FileStoreSettings(directory, segmentBytes, tailBytes, queueBytes, newIdle, newRetry);
  }

  Path log() {
    return directory.resolve("log");
  }

  Path documents() {
    return directory.resolve("documents");
  }

  Path damaged() {
    return directory.resolve("damaged");
  }

  /** From here on appends wait, so that a checkpoint that can't keep up costs no more memory. */
  long mostTailBytes() {
    return 4 * tailBytes;
  }
}

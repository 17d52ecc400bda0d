package dev.syncline.server.compress;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The memory that all deltas may take that are under way: none begins that has no room. So a burst
 * of large files costs bytes on the wire, and never the process. Thread-safe.
 */
public final class DeltaMemory {

  private static final int MIB = 1 << 20;
  private static final int FEWEST = 64;
  private static final int MOST = 384;

  private final int all;
  private final Semaphore free;

  /**
   * @param mebibytes for all deltas at once
   */
  DeltaMemory(int mebibytes) {
    this.all = mebibytes;
    this.free = new Semaphore(mebibytes);
  }

  /** A quarter of what this machine, or the container, has; at most 384 MiB. */
  public static DeltaMemory ofThisMachine() {
    long total =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return new DeltaMemory(Math.clamp(total / 4 / MIB, FEWEST, MOST));
  }

  /** Memory in use until it is closed. */
  public final class Share implements AutoCloseable {
    private final Effort effort;
    private final int mebibytes;

    private Share(Effort effort, int mebibytes) {
      this.effort = effort;
      this.mebibytes = mebibytes;
    }

    /** What there is room for. */
    public Effort effort() {
      return effort;
    }

    @Override
    public void close() {
      free.release(mebibytes);
    }
  }

  /** Room to make a delta; empty if there is none. */
  public Optional<Share> toWrite(long dictionary, long contents) {
    for (Effort effort : Effort.values()) {
      int needed = mebibytes(effort.memory(dictionary, contents));
      if (free.tryAcquire(needed)) {
        return Optional.of(new Share(effort, needed));
      }
    }
    return Optional.empty();
  }

  /** Room to read a delta, which everybody must be able to who can hold both versions. */
  public Optional<Share> toRead(long dictionary) {
    int needed = Math.min(all, mebibytes(3 * dictionary));
    return free.tryAcquire(needed)
        ? Optional.of(new Share(Effort.THRIFTY, needed))
        : Optional.empty();
  }

  private static int mebibytes(long bytes) {
    return (int) Math.ceilDiv(bytes, MIB);
  }
}

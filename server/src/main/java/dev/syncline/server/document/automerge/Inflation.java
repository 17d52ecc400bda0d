package dev.syncline.server.document.automerge;

import dev.syncline.core.model.SyncException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates changes, each and all together only so far: a few bytes can claim gigabytes. Confined to
 * one thread, and good for one frame.
 */
final class Inflation {

  /** Changes of one frame together may take so many times what one of them may. */
  private static final int ALL_TOGETHER = 4;

  private static final int BLOCK = 8 << 10;

  private final int max;
  private long left;

  /**
   * @param max the most bytes that one change may take
   */
  Inflation(int max) {
    this.max = max;
    this.left = (long) ALL_TOGETHER * max;
  }

  /** The body of a deflated chunk. */
  byte[] inflate(Chunk chunk) {
    try (var inflater = new Inflater(true)) {
      inflater.setInput(chunk.bytes(), chunk.bodyAt(), chunk.bodyLength());
      var out = new Output((int) Math.min(max, chunk.bodyLength() * 4L));
      byte[] block = new byte[BLOCK];
      int total = 0;
      while (!inflater.finished()) {
        int count = inflater.inflate(block);
        if (count == 0 && !inflater.finished()) {
          throw new SyncException.Invalid("a deflated change ends too early");
        }
        total += count;
        left -= count;
        if (total > max) {
          throw new SyncException.Invalid("a deflated change inflates to more than " + max);
        }
        if (left < 0) {
          throw new SyncException.Invalid(
              "deflated changes together inflate to more than " + ALL_TOGETHER + " times " + max);
        }
        out.raw(block, 0, count);
      }
      if (inflater.getRemaining() > 0) {
        throw new SyncException.Invalid("a deflated change has bytes behind its end");
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new SyncException.Invalid("a deflated change is damaged", e);
    }
  }
}

package dev.syncline.server.ledger;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.Deflater;

/**
 * Brings bytes into zlib's form, quickly rather than well: merging packs compresses them again. To
 * start a deflater costs more than a small file takes, so they are kept. Thread-safe.
 */
final class Deflating implements AutoCloseable {

  private final ConcurrentLinkedQueue<Deflater> idle = new ConcurrentLinkedQueue<>();

  /** Bytes in zlib's form, in an array that may be longer. */
  record Deflated(byte[] bytes, int length) {}

  Deflated deflate(byte[] plain) {
    Deflater deflater =
        Optional.ofNullable(idle.poll()).orElseGet(() -> new Deflater(Deflater.BEST_SPEED));
    deflater.setInput(plain);
    deflater.finish();
    // zlib's own bound for what can't be compressed.
    byte[] bytes = new byte[plain.length + plain.length / 1000 + 64];
    int length = 0;
    while (!deflater.finished()) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      length += deflater.deflate(bytes, length, bytes.length - length);
    }
    deflater.reset();
    idle.add(deflater);
    return new Deflated(bytes, length);
  }

  @Override
  public void close() {
    for (Deflater last = idle.poll(); last != null; last = idle.poll()) {
      last.end();
    }
  }
}

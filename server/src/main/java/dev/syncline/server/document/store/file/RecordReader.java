package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.util.Optional;

/**
 * Finds the records of a file, also behind damage: where no valid record is, it goes on at the next
 * place where one is. Never fails on any content. Confined to one thread.
 */
final class RecordReader {

  /** A record that claims to be longer is believed only after a look at all of it. */
  private static final int LONG = 1 << 20;

  private static final int PIECE = 64 << 10;

  private final Window window;
  private final Binding binding;
  private final long end;
  private final Framing framing = new Framing();

  /**
   * @param end records lie wholly before this offset
   */
  RecordReader(Window window, Binding binding, long end) {
    this.window = window;
    this.binding = binding;
    this.end = end;
  }

  /** Sees what a file holds, front to back, without gaps. */
  interface Visitor {
    void intact(long offset, byte[] payload) throws IOException;

    void damaged(long offset, long length) throws IOException;
  }

  void walk(Visitor visitor) throws IOException {
    long at = 0;
    while (at < end) {
      Optional<byte[]> payload = at(at);
      if (payload.isPresent()) {
        visitor.intact(at, payload.get());
        at += Framing.HEADER_BYTES + payload.get().length;
      } else {
        long next = next(at + 1);
        visitor.damaged(at, next - at);
        at = next;
      }
    }
  }

  /** The payload of the record at an offset, if a valid one is there. */
  Optional<byte[]> at(long offset) throws IOException {
    int length = declaredLength(offset);
    if (length < 1 || length > end - offset - Framing.HEADER_BYTES) {
      return Optional.empty();
    }
    int checksum = window.intAt(offset + 8);
    if (length > LONG && checksum(offset, length) != checksum) {
      return Optional.empty();
    }
    byte[] payload = window.bytes(offset + Framing.HEADER_BYTES, length);
    return framing.checksum(binding, offset, payload) == checksum
        ? Optional.of(payload)
        : Optional.empty();
  }

  /** Of a payload that is not in memory: damage to its length must not cost as much. */
  private int checksum(long offset, int length) throws IOException {
    framing.begin(binding, offset, length);
    long from = offset + Framing.HEADER_BYTES;
    for (int left = length; left > 0; left -= PIECE) {
      framing.add(window.bytes(from + length - left, Math.min(PIECE, left)));
    }
    return framing.checksum();
  }

  /** Whether what is at this offset may be a record whose end was never written. */
  boolean unfinished(long offset) throws IOException {
    if (end - offset < Framing.HEADER_BYTES) {
      return true;
    }
    return declaredLength(offset) > end - offset - Framing.HEADER_BYTES || zeros(offset);
  }

  /** A file system may have made a file longer without having written what belongs there. */
  private boolean zeros(long offset) throws IOException {
    for (long at = offset; at < end; at++) {
      int word = at + Integer.BYTES <= end ? window.intAt(at) : window.bytes(at, 1)[0];
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  private int declaredLength(long offset) throws IOException {
    if (offset < 0 || end - offset < Framing.HEADER_BYTES) {
      return -1;
    }
    return window.intAt(offset) == Framing.MAGIC ? window.intAt(offset + 4) : -1;
  }

  private long next(long from) throws IOException {
    long at = window.find(Framing.MAGIC, from, end);
    while (at >= 0 && at(at).isEmpty()) {
      at = window.find(Framing.MAGIC, at + 1, end);
    }
    return at < 0 ? end : at;
  }
}

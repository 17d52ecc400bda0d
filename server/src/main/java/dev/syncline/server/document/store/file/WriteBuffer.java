package dev.syncline.server.document.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gathers small pieces into few writes. Confined to one thread. */
final class WriteBuffer {

  private final ByteBuffer buffer;

  WriteBuffer(int bytes) {
    buffer = ByteBuffer.allocateDirect(bytes);
  }

  /** Begins to write a file from an offset on. What was not flushed before is forgotten. */
  Target to(Disk.OpenFile file, long offset) {
    buffer.clear();
    return new Target(file, offset);
  }

  /** One file being written; the buffer's until the next {@link #to}. */
  final class Target {
    private final Disk.OpenFile file;
    private long written;

    private Target(Disk.OpenFile file, long offset) {
      this.file = file;
      this.written = offset;
    }

    /** Offset of the next byte. */
    long position() {
      return written + buffer.position();
    }

    void putHeader(int length, int checksum) throws IOException {
      if (buffer.remaining() < Framing.HEADER_BYTES) {
        flush();
      }
      buffer.putInt(Framing.MAGIC).putInt(length).putInt(checksum);
    }

    void put(byte[] bytes) throws IOException {
      int from = 0;
      while (from < bytes.length) {
        if (!buffer.hasRemaining()) {
          flush();
        }
        int piece = Math.min(buffer.remaining(), bytes.length - from);
        buffer.put(bytes, from, piece);
        from += piece;
      }
    }

    /** Hands everything to the operating system. */
    void flush() throws IOException {
      buffer.flip();
      int length = buffer.remaining();
      if (length > 0) {
        file.write(buffer, written);
      }
      written += length;
      buffer.clear();
    }
  }
}

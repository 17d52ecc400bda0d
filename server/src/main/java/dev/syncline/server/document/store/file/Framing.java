package dev.syncline.server.document.store.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How every record looks, in the log and in document files:
 *
 * <pre>
 *   u32 magic (format version in its last byte)
 *   u32 length of the payload, at least 1
 *   u32 CRC-32C of binding, offset, length and payload
 *   payload
 * </pre>
 *
 * All numbers big-endian. Confined to one thread.
 */
final class Framing {

  static final int MAGIC = 0xA753_5901;
  static final int HEADER_BYTES = 12;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer context = ByteBuffer.allocate(28);

  /** Begins a checksum; the payload follows through {@link #add}. */
  Framing begin(Binding binding, long offset, int length) {
    context.clear().putLong(binding.high()).putLong(binding.low()).putLong(offset).putInt(length);
    crc.reset();
    crc.update(context.array());
    return this;
  }

  Framing add(byte[] bytes) {
    crc.update(bytes);
    return this;
  }

  /** Adds the header of a record inside the payload. */
  Framing addHeader(int length, int checksum) {
    context.clear().putInt(MAGIC).putInt(length).putInt(checksum);
    crc.update(context.array(), 0, HEADER_BYTES);
    return this;
  }

  int checksum() {
    return (int) crc.getValue();
  }

  int checksum(Binding binding, long offset, byte[] payload) {
    return begin(binding, offset, payload.length).add(payload).checksum();
  }

  /** A whole record in memory, for small ones. */
  byte[] frame(Binding binding, long offset, byte[] payload) {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .putInt(MAGIC)
        .putInt(payload.length)
        .putInt(checksum(binding, offset, payload))
        .put(payload)
        .array();
  }
}

package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The chunks of one append with their place in the document's file, where each is a record of its
 * own. Thread-safe: immutable, as long as nobody changes the chunks.
 */
final class Block {

  private final long offset;
  private final List<byte[]> chunks;
  private final int[] checksums;
  private final int bytes;

  private Block(long offset, List<byte[]> chunks, int[] checksums, int bytes) {
    this.offset = offset;
    this.chunks = chunks;
    this.checksums = checksums;
    this.bytes = bytes;
  }

  static Block of(Framing framing, DocumentId document, long offset, List<byte[]> chunks) {
    Binding binding = Binding.to(document);
    int[] checksums = new int[chunks.size()];
    int bytes = 0;
    for (int i = 0; i < checksums.length; i++) {
      byte[] chunk = chunks.get(i);
      checksums[i] = framing.checksum(binding, offset + bytes, chunk);
      bytes += Framing.HEADER_BYTES + chunk.length;
    }
    return new Block(offset, chunks, checksums, bytes);
  }

  /** Reads what {@link #writeTo} wrote; empty if it is not exactly that. */
  static Optional<Block> parse(DocumentId document, long offset, ByteBuffer in) {
    Binding binding = Binding.to(document);
    var framing = new Framing();
    var chunks = new ArrayList<byte[]>();
    long at = offset;
    while (in.hasRemaining()) {
      if (in.remaining() <= Framing.HEADER_BYTES || in.getInt() != Framing.MAGIC) {
        return Optional.empty();
      }
      int length = in.getInt();
      int checksum = in.getInt();
      if (length < 1 || length > in.remaining()) {
        return Optional.empty();
      }
      byte[] chunk = new byte[length];
      in.get(chunk);
      if (framing.checksum(binding, at, chunk) != checksum) {
        return Optional.empty();
      }
      at += Framing.HEADER_BYTES + length;
      chunks.add(chunk);
    }
    return chunks.isEmpty() ? Optional.empty() : Optional.of(of(framing, document, offset, chunks));
  }

  long offset() {
    return offset;
  }

  /** Where the next block begins. */
  long end() {
    return offset + bytes;
  }

  /** Its length in the file. */
  int bytes() {
    return bytes;
  }

  List<byte[]> chunks() {
    return chunks;
  }

  /** Offsets of the chunks' records in the document's file. */
  long[] positions() {
    long[] positions = new long[chunks.size()];
    long at = offset;
    for (int i = 0; i < positions.length; i++) {
      positions[i] = at;
      at += Framing.HEADER_BYTES + chunks.get(i).length;
    }
    return positions;
  }

  void addTo(Framing framing) {
    for (int i = 0; i < checksums.length; i++) {
      framing.addHeader(chunks.get(i).length, checksums[i]).add(chunks.get(i));
    }
  }

  void writeTo(WriteBuffer.Target out) throws IOException {
    for (int i = 0; i < checksums.length; i++) {
      out.putHeader(chunks.get(i).length, checksums[i]);
      out.put(chunks.get(i));
    }
  }
}

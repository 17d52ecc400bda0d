package dev.syncline.server.document.automerge;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the changes of a plain Automerge file, chunk after chunk, however long the file is.
 * Confined to one thread.
 */
public final class AutomergeFile {

  private static final int MAX_LENGTH_BYTES = 5;

  private final InputStream in;
  private final int maxChunkBytes;
  private int unreadable;

  /**
   * @param maxChunkBytes longest chunk, and the most bytes that a deflated change may take
   */
  public AutomergeFile(InputStream in, int maxChunkBytes) {
    this.in = in;
    this.maxChunkBytes = maxChunkBytes;
  }

  /** Whole-document and bundle chunks that were passed over up to now. */
  public int unreadable() {
    return unreadable;
  }

  /**
   * The next changes.
   *
   * @param bytes stops when their chunks reach this length together
   * @return empty at the end of the file
   * @throws SyncException.Invalid if this is no Automerge file, or damaged
   */
  public List<Change> next(long bytes) throws IOException {
    var changes = new ArrayList<Change>();
    long length = 0;
    while (length < bytes) {
      int first = in.read();
      if (first < 0) {
        break;
      }
      var chunk = Chunk.next(Input.of(chunk((byte) first)));
      switch (chunk.type()) {
        case CHANGE, DEFLATED_CHANGE -> {
          changes.add(Change.of(chunk, new Inflation(maxChunkBytes)));
          length += chunk.bytes().length;
        }
        case DOCUMENT, BUNDLE -> unreadable++;
      }
    }
    return changes;
  }

  private byte[] chunk(byte first) throws IOException {
    byte[] header = new byte[Chunk.TYPE_AT + 1 + MAX_LENGTH_BYTES];
    header[0] = first;
    int at = 1;
    read(header, at, Chunk.TYPE_AT + 1 - at);
    if (!Arrays.equals(header, 0, Chunk.MAGIC.length, Chunk.MAGIC, 0, Chunk.MAGIC.length)) {
      throw new SyncException.Invalid("this is no Automerge file: a chunk has another beginning");
    }
    at = Chunk.TYPE_AT + 1;
    long length = 0;
    int shift = 0;
    do {
      if (at == header.length) {
        throw new SyncException.Invalid("this is no Automerge file: a chunk has no sound length");
      }
      read(header, at, 1);
      length |= (long) (header[at] & 0x7f) << shift;
      shift += 7;
    } while (header[at++] < 0);
    if (length > maxChunkBytes) {
      throw new SyncException.Invalid(
          "a chunk of " + length + " bytes is longer than documents.max-frame-bytes");
    }
    byte[] body = in.readNBytes((int) length);
    if (body.length < length) {
      throw cutShort();
    }
    byte[] chunk = Arrays.copyOf(header, at + body.length);
    System.arraycopy(body, 0, chunk, at, body.length);
    return chunk;
  }

  private void read(byte[] into, int from, int length) throws IOException {
    if (in.readNBytes(into, from, length) < length) {
      throw cutShort();
    }
  }

  private static SyncException.Invalid cutShort() {
    return new SyncException.Invalid("an Automerge file ends in the middle of a chunk");
  }
}

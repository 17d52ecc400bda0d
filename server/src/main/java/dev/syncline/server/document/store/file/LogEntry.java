package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What the payload of a log record says. The first byte is its kind. */
sealed interface LogEntry {

  byte BEGIN = 1;
  byte APPEND = 2;
  byte DELETE = 3;

  /** Bytes of an append before its block: kind, document, generation, offset. */
  int APPEND_PREFIX = 1 + 16 + 8 + 8;

  /**
   * The first record of every segment: how far the log before it counts. Segments numbered between
   * the previous and this one hold nothing that was acknowledged.
   *
   * @param previous number of the segment before this one; 0 if there was none
   * @param length what lies behind this length in the previous segment was told failed, or never
   *     acknowledged
   * @param documentBytes sum of the document files' lengths, once all that was logged before is in
   *     them; so that nobody has to add them up
   */
  record Begin(long previous, long length, long documentBytes) implements LogEntry {
    byte[] payload() {
      return ByteBuffer.allocate(25)
          .put(BEGIN)
          .putLong(previous)
          .putLong(length)
          .putLong(documentBytes)
          .array();
    }
  }

  /**
   * Chunks for the document's file.
   *
   * @param generation grows each time a deleted document is made anew
   */
  record Append(DocumentId document, long generation, Block block) implements LogEntry {
    /** All but the block. */
    static byte[] prefix(DocumentId document, long generation, long offset) {
      return ByteBuffer.allocate(APPEND_PREFIX)
          .put(APPEND)
          .putLong(document.high())
          .putLong(document.low())
          .putLong(generation)
          .putLong(offset)
          .array();
    }
  }

  /** The document is gone, with all its generations up to this one. */
  record Delete(DocumentId document, long generation) implements LogEntry {
    byte[] payload() {
      return ByteBuffer.allocate(25)
          .put(DELETE)
          .putLong(document.high())
          .putLong(document.low())
          .putLong(generation)
          .array();
    }
  }

  /** Empty if this version can't read it. */
  static Optional<LogEntry> parse(byte[] payload) {
    var in = ByteBuffer.wrap(payload);
    return switch (in.get()) {
      case BEGIN ->
          in.remaining() == 24
              ? Optional.of(new Begin(in.getLong(), in.getLong(), in.getLong()))
              : Optional.empty();
      case APPEND -> payload.length > APPEND_PREFIX ? append(in) : Optional.empty();
      case DELETE ->
          in.remaining() == 24
              ? Optional.of(new Delete(new DocumentId(in.getLong(), in.getLong()), in.getLong()))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<LogEntry> append(ByteBuffer in) {
    var document = new DocumentId(in.getLong(), in.getLong());
    long generation = in.getLong();
    long offset = in.getLong();
    return Block.parse(document, offset, in).map(block -> new Append(document, generation, block));
  }
}

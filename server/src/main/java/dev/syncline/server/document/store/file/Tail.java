package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The end of one document: durable in the log, not yet in the document's file. Guarded by Tails.
 */
final class Tail {

  private final DocumentId document;
  private final long generation;
  private final boolean deleted;
  private final List<Block> blocks = new ArrayList<>();
  private long fileEnd;

  private Tail(DocumentId document, long generation, boolean deleted, long fileEnd) {
    this.document = document;
    this.generation = generation;
    this.deleted = deleted;
    this.fileEnd = fileEnd;
  }

  /**
   * @param fileEnd before it lies what the file says; {@link DocumentFiles#START} if the file is
   *     none or of an older generation
   */
  static Tail of(DocumentId document, long generation, long fileEnd) {
    return new Tail(document, generation, false, fileEnd);
  }

  static Tail deleted(DocumentId document, long generation) {
    return new Tail(document, generation, true, DocumentFiles.START);
  }

  long generation() {
    return generation;
  }

  boolean isDeleted() {
    return deleted;
  }

  long fileEnd() {
    return fileEnd;
  }

  long end() {
    return blocks.isEmpty() ? fileEnd : blocks.getLast().end();
  }

  List<Block> blocks() {
    return List.copyOf(blocks);
  }

  void add(Block block) {
    blocks.add(block);
  }

  /** The block that has a chunk at this offset, if it is not in the file. */
  Optional<Block> blockAt(long offset) {
    int low = 0;
    int high = blocks.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Block block = blocks.get(middle);
      if (offset >= block.end()) {
        low = middle + 1;
      } else if (offset < block.offset()) {
        high = middle - 1;
      } else {
        return Optional.of(block);
      }
    }
    return Optional.empty();
  }

  DocumentChange change() {
    return deleted
        ? new DocumentChange.Remove(document, generation)
        : new DocumentChange.Write(document, generation, blocks());
  }

  /** The first so many blocks are in the file now. */
  void settle(int count) {
    fileEnd = blocks.get(count - 1).end();
    blocks.subList(0, count).clear();
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }
}

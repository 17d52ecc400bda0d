package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is durable in the log and not yet in document files. Only the committer adds, only the
 * checkpoint settles, anybody reads. Thread-safe.
 */
final class Tails {

  /** What a deleted document is taken to cost until its file is gone. */
  private static final int DELETED_BYTES = 64;

  private final Map<DocumentId, Tail> tails = new HashMap<>();
  private long bytes;
  private long checkpoints;

  /**
   * Where a document stands.
   *
   * @param end where its next chunk's record belongs
   */
  record Standing(long generation, boolean deleted, long end) {}

  /**
   * A document as it was in one moment.
   *
   * @param fileEnd its file counts up to here; empty if only the file itself knows
   * @param blocks what follows
   * @param checkpoints how many checkpoints had begun: one that begins later may make the file grow
   */
  record View(Optional<Long> fileEnd, List<Block> blocks, long checkpoints) {}

  /** What a checkpoint has to write, and what it settles. */
  record Snapshot(Map<Tail, DocumentChange> changes) {
    List<DocumentChange> list() {
      return List.copyOf(changes.values());
    }
  }

  synchronized Optional<Standing> standing(DocumentId document) {
    return Optional.ofNullable(tails.get(document))
        .map(tail -> new Standing(tail.generation(), tail.isDeleted(), tail.end()));
  }

  synchronized View view(DocumentId document) {
    Tail tail = tails.get(document);
    return tail == null
        ? new View(Optional.empty(), List.of(), checkpoints)
        : new View(Optional.of(tail.fileEnd()), tail.blocks(), checkpoints);
  }

  /** As {@link #view}, with those blocks only that have a chunk at one of the positions. */
  synchronized View view(DocumentId document, long[] positions) {
    Tail tail = tails.get(document);
    if (tail == null) {
      return new View(Optional.empty(), List.of(), checkpoints);
    }
    var blocks = new ArrayList<Block>();
    for (long position : positions) {
      Optional<Block> block = tail.blockAt(position);
      if (block.isPresent() && (blocks.isEmpty() || blocks.getLast() != block.get())) {
        blocks.add(block.get());
      }
    }
    return new View(Optional.of(tail.fileEnd()), blocks, checkpoints);
  }

  /** True for what exists, false for what is deleted; documents that are only in files miss. */
  synchronized Map<DocumentId, Boolean> existence() {
    Map<DocumentId, Boolean> existence = HashMap.newHashMap(tails.size());
    tails.forEach((document, tail) -> existence.put(document, !tail.isDeleted()));
    return existence;
  }

  synchronized long checkpoints() {
    return checkpoints;
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized boolean isEmpty() {
    return tails.isEmpty();
  }

  /** Adds what has become durable. */
  synchronized void add(LogEntry.Append append) {
    Block block = append.block();
    Tail tail = tails.get(append.document());
    if (tail == null || tail.isDeleted() || tail.generation() != append.generation()) {
      // The first block that is not in the file begins where the file ends.
      tail = Tail.of(append.document(), append.generation(), block.offset());
      replace(append.document(), tail);
    }
    tail.add(block);
    bytes += block.bytes();
  }

  synchronized void add(LogEntry.Delete delete) {
    replace(delete.document(), Tail.deleted(delete.document(), delete.generation()));
  }

  /** What to write into files now. */
  synchronized Snapshot beginCheckpoint() {
    checkpoints++;
    Map<Tail, DocumentChange> changes = HashMap.newHashMap(tails.size());
    tails.values().forEach(tail -> changes.put(tail, tail.change()));
    return new Snapshot(changes);
  }

  /** The snapshot is durable in files: its part of memory is free. */
  synchronized void settle(Snapshot snapshot) {
    snapshot.changes().forEach(this::settle);
  }

  private void settle(Tail tail, DocumentChange change) {
    // Deleted or made anew meanwhile: then another tail says what its file is worth.
    if (tails.get(change.document()) != tail) {
      return;
    }
    if (change instanceof DocumentChange.Write write) {
      tail.settle(write.blocks().size());
      write.blocks().forEach(block -> bytes -= block.bytes());
    }
    if (tail.isEmpty()) {
      bytes -= tail.isDeleted() ? DELETED_BYTES : 0;
      tails.remove(change.document());
    }
  }

  private void replace(DocumentId document, Tail tail) {
    @Nullable Tail old = tails.put(document, tail);
    if (old != null) {
      old.blocks().forEach(block -> bytes -= block.bytes());
      bytes -= old.isDeleted() ? DELETED_BYTES : 0;
    }
    bytes += tail.isDeleted() ? DELETED_BYTES : 0;
  }
}

package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns log entries in their order into what document files must become. Pure, and confined to one
 * thread.
 */
final class Replay {

  private final Map<DocumentId, DocumentChange> changes = new HashMap<>();
  private long bytes;

  void add(LogEntry entry) {
    switch (entry) {
      case LogEntry.Begin _ -> {}
      case LogEntry.Append append -> append(append);
      case LogEntry.Delete delete -> {
        if (!knowsNewer(delete.document(), delete.generation())) {
          changes.put(
              delete.document(), new DocumentChange.Remove(delete.document(), delete.generation()));
        }
      }
    }
  }

  /** Bytes that wait for {@link #drain}. */
  long bytes() {
    return bytes;
  }

  /** Hands over what was added since the last call. */
  List<DocumentChange> drain() {
    List<DocumentChange> drained = List.copyOf(changes.values());
    changes.clear();
    bytes = 0;
    return drained;
  }

  private void append(LogEntry.Append append) {
    DocumentId document = append.document();
    if (knowsNewer(document, append.generation())) {
      return;
    }
    bytes += append.block().bytes();
    if (changes.get(document) instanceof DocumentChange.Write write
        && write.generation() == append.generation()) {
      write.blocks().add(append.block());
      return;
    }
    // Nothing known, or an older generation: the file's header settles what was there before.
    var blocks = new ArrayList<Block>();
    blocks.add(append.block());
    changes.put(document, new DocumentChange.Write(document, append.generation(), blocks));
  }

  private boolean knowsNewer(DocumentId document, long generation) {
    DocumentChange known = changes.get(document);
    if (known == null) {
      return false;
    }
    return known instanceof DocumentChange.Remove
        ? known.generation() >= generation && generation > 0
        : known.generation() > generation;
  }
}

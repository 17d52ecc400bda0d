package dev.syncline.server.document;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.config.DocumentSettings;
import dev.syncline.server.document.automerge.Change;
import dev.syncline.server.document.automerge.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document's history and the store behind it: loaded on first use, forgotten on request. Confined
 * to the room's mailbox.
 */
final class StoredHistory {

  /** Changes that wait for a missing one may take this part of a document's memory. */
  private static final int WAITING_SHARE = 4;

  private final ChunkStore store;
  private final DocumentId document;
  private final DocumentSettings.Limits limits;
  private final Counters counters;
  private @Nullable History history;

  StoredHistory(
      ChunkStore store, DocumentId document, DocumentSettings.Limits limits, Counters counters) {
    this.store = store;
    this.document = document;
    this.limits = limits;
    this.counters = counters;
  }

  boolean isLoaded() {
    return history != null;
  }

  /** Whether this is the history in use, and not one that was abandoned. */
  boolean isCurrent(History other) {
    return history == other;
  }

  long memory() {
    return history == null ? 0 : history.memory();
  }

  /**
   * The history, from the store if need be.
   *
   * @throws SyncException.Unavailable if the store can't be read
   */
  History load() {
    if (history != null) {
      return history;
    }
    var loading = new History(limits.maxDocumentMemory() / WAITING_SHARE);
    store.scan(document, (position, chunk) -> loadChunk(loading, position, chunk));
    history = loading;
    return loading;
  }

  private void loadChunk(History loading, long position, byte[] chunk) {
    try {
      loading.load(Change.parse(chunk, limits.maxFrameBytes()), position);
    } catch (SyncException.Invalid unreadable) {
      // It was sound when it was stored. What builds on it waits, and peers are asked for it.
      counters.chunksUnreadable.increment();
    }
  }

  void append(List<Change> changes, ChunkStore.Append append) {
    store.append(document, changes.stream().map(Change::chunk).toList(), append);
  }

  /** The chunks of changes, given by ascending indexes. */
  List<byte[]> chunks(int[] indexes) {
    if (indexes.length == 0) {
      return List.of();
    }
    History from = load();
    var chunks = new ArrayList<byte[]>(indexes.length);
    var missing = new ArrayList<Integer>();
    for (int index : indexes) {
      byte[] recent = from.recent(index);
      if (recent == null) {
        missing.add(index);
      }
      chunks.add(recent == null ? new byte[0] : recent);
    }
    if (!missing.isEmpty()) {
      fill(chunks, indexes, from, missing);
    }
    return chunks;
  }

  /** The chunks at ascending positions. */
  List<byte[]> read(long[] positions) {
    var chunks = new ArrayList<byte[]>(positions.length);
    store.read(document, positions, (position, chunk) -> chunks.add(chunk));
    if (chunks.size() < positions.length) {
      throw new SyncException.Corrupt(
          "the store no longer has a chunk of document " + document + " that it had");
    }
    return chunks;
  }

  private void fill(List<byte[]> chunks, int[] indexes, History from, List<Integer> missing) {
    long[] positions = missing.stream().mapToLong(from::position).sorted().toArray();
    Map<Long, byte[]> read = HashMap.newHashMap(positions.length);
    store.read(document, positions, read::put);
    for (int i = 0; i < indexes.length; i++) {
      if (chunks.get(i).length == 0) {
        byte[] chunk = read.get(from.position(indexes[i]));
        if (chunk == null) {
          throw new SyncException.Corrupt(
              "the store no longer has a chunk of document " + document + " that it had");
        }
        chunks.set(i, chunk);
      }
    }
  }

  /** Lets go of it, unless some of it is not durable yet: that exists nowhere else. */
  void forget() {
    if (history != null && !history.isPending()) {
      history = null;
    }
  }

  /** Lets go of it in any case: what the store did not take is not part of the document. */
  void abandon() {
    history = null;
  }

  void delete() {
    store.delete(document);
    history = null;
  }
}

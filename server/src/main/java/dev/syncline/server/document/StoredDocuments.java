package dev.syncline.server.document;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore;
import dev.syncline.server.config.DocumentSettings;
import dev.syncline.server.document.automerge.AutomergeFile;
import dev.syncline.server.document.automerge.Change;
import dev.syncline.server.document.automerge.ChangeHash;
import dev.syncline.server.document.automerge.History;
import dev.syncline.server.view.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Looks after stored documents through their rooms, so that it never gets in a client's way. */
final class StoredDocuments implements Documents {

  /**
   * Chunks are read and written in batches of about this size, between which clients get a turn.
   */
  private static final long BATCH_BYTES = 1 << 20;

  private final Rooms rooms;
  private final ChunkStore store;
  private final DocumentSettings.Limits limits;

  StoredDocuments(Rooms rooms, ChunkStore store, DocumentSettings.Limits limits) {
    this.rooms = rooms;
    this.store = store;
    this.limits = limits;
  }

  @Override
  public List<DocumentId> list(Optional<DocumentId> after, int limit) {
    return store.list(after, limit);
  }

  @Override
  public Optional<Detail> show(DocumentId document) {
    return rooms.ask(
        document,
        room -> {
          History history = room.stored().load();
          if (!history.hasAny()) {
            return Optional.empty();
          }
          return Optional.of(
              new Detail(
                  document,
                  history.heads().stream().map(ChangeHash::toString).toList(),
                  history.size(),
                  history.waiting(),
                  history.storedBytes(),
                  room.peerCount()));
        });
  }

  @Override
  public void export(DocumentId document, OutputStream out) throws IOException {
    History.Stored stored = rooms.ask(document, room -> room.stored().load().stored());
    if (stored.positions().length == 0) {
      throw new SyncException.Invalid("there is no document " + document);
    }
    for (int from = 0; from < stored.positions().length; ) {
      long[] batch = stored.batch(from, BATCH_BYTES);
      for (byte[] chunk : rooms.ask(document, room -> room.stored().read(batch))) {
        out.write(chunk);
      }
      from += batch.length;
    }
  }

  @Override
  public Added add(DocumentId document, InputStream file) throws IOException {
    int waitedBefore = rooms.ask(document, room -> room.stored().load().waiting());
    var in = new AutomergeFile(file, limits.maxFrameBytes());
    int read = 0;
    int added = 0;
    while (true) {
      List<Change> changes = in.next(BATCH_BYTES);
      if (changes.isEmpty()) {
        break;
      }
      read += changes.size();
      added += Rooms.await(rooms.ask(document, room -> room.add(changes)));
    }
    int waiting =
        Math.max(0, rooms.ask(document, room -> room.stored().load().waiting()) - waitedBefore);
    return new Added(added, Math.max(0, read - added - waiting), waiting, in.unreadable());
  }

  @Override
  public boolean delete(DocumentId document) {
    return rooms.ask(document, Room::delete);
  }
}

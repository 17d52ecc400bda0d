package dev.syncline.server.document.store.sql;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;

/** Compares what was asked for with what is there. */
final class ExpectedPositions {

  private final DocumentId document;
  private final long[] positions;
  private int next;

  ExpectedPositions(DocumentId document, long[] positions) {
    this.document = document;
    this.positions = positions;
  }

  void found(long position, boolean sound) {
    if (next >= positions.length || positions[next] != position) {
      throw missing();
    }
    if (!sound) {
      throw new SyncException.Corrupt(
          "document " + document + " is damaged at position " + position);
    }
    next++;
  }

  /** Answers how many there were. */
  int end() {
    if (next < positions.length) {
      throw missing();
    }
    return next;
  }

  private SyncException missing() {
    return new SyncException.Corrupt(
        "document " + document + " has lost its chunk at position " + positions[next]);
  }
}

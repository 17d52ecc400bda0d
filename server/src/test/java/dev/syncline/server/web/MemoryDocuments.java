package dev.syncline.server.web;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Documents that are just bytes: one change for each time that some were added. */
public final class MemoryDocuments implements Documents {

  /** An id whose every use fails as {@link #failure} says. */
  public static final DocumentId BROKEN = new DocumentId(-1, -1);

  private final Map<DocumentId, byte[]> stored = new ConcurrentSkipListMap<>();

  /** How {@link #BROKEN} fails. */
  public volatile RuntimeException failure = new SyncException.Corrupt("chunk 7 is damaged");

  /** Bytes of {@link #BROKEN} that can be exported before it fails. */
  public volatile int brokenAfter;

  @Override
  public List<DocumentId> list(Optional<DocumentId> after, int limit) {
    return stored.keySet().stream()
        .filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Detail> show(DocumentId document) {
    if (document.equals(BROKEN)) {
      return Optional.of(new Detail(document, List.of(), 1, 0, 1, 0));
    }
    return Optional.ofNullable(stored.get(document))
        .map(bytes -> new Detail(document, List.of("ab".repeat(32)), 3, 1, bytes.length, 2));
  }

  @Override
  public void export(DocumentId document, OutputStream out) throws IOException {
    if (document.equals(BROKEN)) {
      out.write(new byte[brokenAfter]);
      throw failure;
    }
    out.write(stored.getOrDefault(document, new byte[0]));
  }

  @Override
  public Added add(DocumentId document, InputStream file) throws IOException {
    if (document.equals(BROKEN)) {
      throw failure;
    }
    boolean known = stored.put(document, file.readAllBytes()) != null;
    return new Added(known ? 0 : 1, known ? 1 : 0, 0, 0);
  }

  @Override
  public boolean delete(DocumentId document) {
    return stored.remove(document) != null;
  }
}

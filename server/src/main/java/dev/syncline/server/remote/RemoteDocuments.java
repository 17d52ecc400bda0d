package dev.syncline.server.remote;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The documents of a running server. Thread-safe. */
final class RemoteDocuments implements Documents {

  private final Wire wire;

  RemoteDocuments(Wire wire) {
    this.wire = wire;
  }

  @Override
  public List<DocumentId> list(Optional<DocumentId> after, int limit) {
    String query = "?limit=" + limit + after.map(id -> "&after=" + id).orElse("");
    var ids = new ArrayList<DocumentId>();
    for (JsonNode id : wire.get("documents" + query).path("documents")) {
      ids.add(DocumentId.parse(id.asString()));
    }
    return List.copyOf(ids);
  }

  @Override
  public Optional<Detail> show(DocumentId document) {
    return wire.find("documents/" + document).map(RemoteDocuments::detail);
  }

  @Override
  public void export(DocumentId document, OutputStream out) throws IOException {
    try (InputStream body = wire.stream(content(document)).body()) {
      Transfer.download(wire, body, out);
    }
  }

  @Override
  public Added add(DocumentId document, InputStream file) throws IOException {
    var upload = new Transfer.Upload(file);
    JsonNode added;
    try {
      added = wire.post(content(document), "application/octet-stream", upload.publisher());
    } catch (SyncException.Unavailable e) {
      upload.check();
      throw e;
    }
    return new Added(
        added.path("added").asInt(),
        added.path("known").asInt(),
        added.path("waiting").asInt(),
        added.path("unreadable").asInt());
  }

  @Override
  public boolean delete(DocumentId document) {
    return wire.delete("documents/" + document);
  }

  private static String content(DocumentId document) {
    return "documents/" + document + "/content";
  }

  private static Detail detail(JsonNode body) {
    var heads = new ArrayList<String>();
    body.path("heads").forEach(head -> heads.add(head.asString()));
    return new Detail(
        DocumentId.parse(body.path("document").asString()),
        heads,
        body.path("changes").asInt(),
        body.path("waiting").asInt(),
        body.path("bytes").asLong(),
        body.path("peers").asInt());
  }
}

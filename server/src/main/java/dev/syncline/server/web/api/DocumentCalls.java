package dev.syncline.server.web.api;

import dev.syncline.core.model.DocumentId;
import dev.syncline.server.view.Documents;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code documents…}: list, show, export, add to and delete documents. Thread-safe. */
final class DocumentCalls {

  private static final int DEFAULT_PAGE = 1000;
  private static final int LARGEST_PAGE = 10_000;
  private static final long MAX_FILE_BYTES = 1L << 30;

  private final Documents documents;

  DocumentCalls(Documents documents) {
    this.documents = documents;
  }

  Answer answer(Call call) throws IOException {
    String what = call.path().size() > 3 ? "?" : String.join("/", shape(call.path()));
    return switch (what) {
      case "documents" -> call.method().equals("GET") ? list(call) : Answer.onlyKnows("GET");
      case "documents/id" ->
          switch (call.method()) {
            case "GET" -> show(call.document());
            case "DELETE" -> delete(call.document());
            default -> Answer.onlyKnows("GET, DELETE");
          };
      case "documents/id/content" ->
          switch (call.method()) {
            case "GET" -> export(call.document());
            case "POST" -> add(call);
            default -> Answer.onlyKnows("GET, POST");
          };
      default -> Answer.notFound("the API has no such address");
    };
  }

  /** The path with {@code id} in place of the id. */
  private static List<String> shape(List<String> path) {
    return path.size() == 1
        ? path
        : path.size() == 2
            ? List.of(path.getFirst(), "id")
            : List.of(path.getFirst(), "id", path.getLast());
  }

  private Answer list(Call call) {
    int limit = call.limit(DEFAULT_PAGE, LARGEST_PAGE);
    Optional<DocumentId> after = call.parameter("after").map(Call::document);
    List<DocumentId> page = documents.list(after, limit);
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode ids = body.putArray("documents");
    page.forEach(document -> ids.add(document.toString()));
    if (page.size() == limit) {
      body.put("next", page.getLast().toString());
    }
    return new Answer.Json(200, body);
  }

  private Answer show(DocumentId document) {
    return documents
        .show(document)
        .<Answer>map(detail -> new Answer.Json(200, json(detail)))
        .orElseGet(() -> missing(document));
  }

  private Answer delete(DocumentId document) {
    return documents.delete(document) ? new Answer.Done() : missing(document);
  }

  private Answer export(DocumentId document) {
    if (documents.show(document).isEmpty()) {
      return missing(document);
    }
    return new Answer.Stream(
        "application/octet-stream",
        Map.of("Content-Disposition", "attachment; filename=\"" + document + ".automerge\""),
        out -> documents.export(document, out));
  }

  private Answer add(Call call) throws IOException {
    Documents.Added added = documents.add(call.document(), call.body(MAX_FILE_BYTES));
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("added", added.added());
    body.put("known", added.known());
    body.put("waiting", added.waiting());
    body.put("unreadable", added.unreadable());
    return new Answer.Json(200, body);
  }

  private static JsonNode json(Documents.Detail detail) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("document", detail.document().toString());
    ArrayNode heads = body.putArray("heads");
    detail.heads().forEach(heads::add);
    body.put("changes", detail.changes());
    body.put("waiting", detail.waiting());
    body.put("bytes", detail.bytes());
    body.put("peers", detail.peers());
    return body;
  }

  private static Answer missing(DocumentId document) {
    return Answer.notFound("there is no document " + document);
  }
}

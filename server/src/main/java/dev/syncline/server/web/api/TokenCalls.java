package dev.syncline.server.web.api;

import dev.syncline.core.model.AccessScope;
import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.IssuedTokens;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code tokens…}: list, create and revoke access tokens. Thread-safe. */
final class TokenCalls {

  private static final List<String> KEYS = List.of("name", "scope", "documents", "expires");

  private final IssuedTokens tokens;
  private final InstantSource time;

  TokenCalls(IssuedTokens tokens, InstantSource time) {
    this.tokens = tokens;
    this.time = time;
  }

  Answer answer(Call call) throws IOException {
    return switch (call.path().size()) {
      case 1 ->
          switch (call.method()) {
            case "GET" -> list();
            case "POST" -> create(call.json());
            default -> Answer.onlyKnows("GET, POST");
          };
      case 2 ->
          call.method().equals("DELETE")
              ? revoke(call.path().getLast())
              : Answer.onlyKnows("DELETE");
      default -> Answer.notFound("the API has no such address");
    };
  }

  private Answer list() {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    ArrayNode list = body.putArray("tokens");
    for (IssuedToken token : tokens.list()) {
      ObjectNode entry = list.addObject();
      Grant grant = token.grant();
      entry.put("id", token.id());
      entry.put("name", grant.name());
      entry.put("scope", grant.scope().text());
      ArrayNode documents = entry.putArray("documents");
      grant.documents().stream().sorted().map(DocumentId::toString).forEach(documents::add);
      grant.expires().ifPresent(moment -> entry.put("expires", moment.toString()));
      entry.put("created", token.created().toString());
      token.lastUsed().ifPresent(moment -> entry.put("lastUsed", moment.toString()));
    }
    return new Answer.Json(200, body);
  }

  private Answer create(JsonNode body) {
    AccessToken token = tokens.create(grant(body), time.instant());
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put("id", token.id());
    answer.put("token", token.text());
    return new Answer.Json(201, answer);
  }

  private Answer revoke(String id) {
    return tokens.revoke(id) ? new Answer.Done() : Answer.notFound("there is no token " + id);
  }

  private static Grant grant(JsonNode body) {
    if (!body.isObject()) {
      throw new SyncException.Invalid("a token is described by a JSON object");
    }
    body.propertyNames().stream()
        .filter(key -> !KEYS.contains(key))
        .findFirst()
        .ifPresent(key -> {
          throw new SyncException.Invalid(
              "a token has no `" + key + "`; it has " + String.join(", ", KEYS));
        });
    Set<DocumentId> documents = new LinkedHashSet<>();
    JsonNode listed = body.path("documents");
    if (!listed.isMissingNode() && !listed.isArray()) {
      throw new SyncException.Invalid("`documents` is a list of document ids");
    }
    listed.forEach(document -> documents.add(Call.document(text("documents", document))));
    return new Grant(
        text("name", body.path("name")),
        AccessScope.parse(text("scope", body.path("scope"))),
        documents,
        body.has("expires") ? Optional.of(moment(body.path("expires"))) : Optional.empty());
  }

  private static String text(String key, JsonNode value) {
    if (!value.isString()) {
      throw new SyncException.Invalid("`" + key + "` is missing, or not a text");
    }
    return value.stringValue();
  }

  private static Instant moment(JsonNode value) {
    try {
      return Instant.parse(text("expires", value));
    } catch (DateTimeException e) {
      throw new SyncException.Invalid("`expires` is a moment like 2027-01-31T12:00:00Z", e);
    }
  }
}

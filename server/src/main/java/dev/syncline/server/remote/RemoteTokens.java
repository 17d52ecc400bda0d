package dev.syncline.server.remote;

import dev.syncline.core.model.AccessScope;
import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.port.IssuedTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The access tokens of a running server. Thread-safe. */
final class RemoteTokens implements IssuedTokens {

  private final Wire wire;

  RemoteTokens(Wire wire) {
    this.wire = wire;
  }

  @Override
  public AccessToken create(Grant grant, Instant now) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("name", grant.name());
    body.put("scope", grant.scope().text());
    ArrayNode documents = body.putArray("documents");
    grant.documents().forEach(document -> documents.add(document.toString()));
    grant.expires().ifPresent(moment -> body.put("expires", moment.toString()));
    JsonNode made =
        wire.post("tokens", "application/json", BodyPublishers.ofString(body.toString()));
    return AccessToken.parse(made.path("token").asString());
  }

  @Override
  public List<IssuedToken> list() {
    var tokens = new ArrayList<IssuedToken>();
    for (JsonNode token : wire.get("tokens").path("tokens")) {
      tokens.add(
          new IssuedToken(
              token.path("id").asString(),
              grant(token),
              Instant.parse(token.path("created").asString()),
              moment(token, "lastUsed")));
    }
    return List.copyOf(tokens);
  }

  @Override
  public boolean revoke(String id) {
    // Anything else names no token, and could name another address of the API.
    return id.matches("[a-z0-9]+") && wire.delete("tokens/" + id);
  }

  private static Grant grant(JsonNode token) {
    Set<DocumentId> documents = new LinkedHashSet<>();
    token.path("documents").forEach(id -> documents.add(DocumentId.parse(id.asString())));
    return new Grant(
        token.path("name").asString(),
        AccessScope.parse(token.path("scope").asString()),
        documents,
        moment(token, "expires"));
  }

  private static Optional<Instant> moment(JsonNode token, String key) {
    return token.has(key)
        ? Optional.of(Instant.parse(token.path(key).asString()))
        : Optional.empty();
  }
}

package dev.syncline.server.archive;

import dev.syncline.core.model.AccessScope;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SealedToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A token as a backup spells it. */
record TokenEntry(
    String id,
    String name,
    String scope,
    List<String> documents,
    Instant created,
    Optional<Instant> expires,
    Optional<Instant> lastUsed,
    String secretHash) {

  static TokenEntry of(SealedToken sealed) {
    IssuedToken token = sealed.token();
    Grant grant = token.grant();
    return new TokenEntry(
        token.id(),
        grant.name(),
        grant.scope().text(),
        grant.documents().stream().map(DocumentId::toString).sorted().toList(),
        token.created(),
        grant.expires(),
        token.lastUsed(),
        sealed.secretHash());
  }

  SealedToken sealed() {
    var only = documents.stream().map(DocumentId::parse).collect(Collectors.toSet());
    var grant = new Grant(name, AccessScope.parse(scope), only, expires);
    return new SealedToken(new IssuedToken(id, grant, created, lastUsed), secretHash);
  }
}

package dev.syncline.server.app;

import dev.syncline.core.model.AccessScope;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.Grant;
import dev.syncline.server.document.Access;
import java.time.InstantSource;

/**
 * What the bearer of a token may do, until the token expires.
 *
 * @param tokenId names the token, so that its connections can be found when it is revoked
 */
record TokenAccess(String tokenId, Grant grant, InstantSource clock) implements Access {

  @Override
  public boolean mayRead(DocumentId document) {
    return !hasExpired() && grant.allows(AccessScope.DOCUMENTS_READ, document);
  }

  @Override
  public boolean mayWrite(DocumentId document) {
    return !hasExpired() && grant.allows(AccessScope.DOCUMENTS_WRITE, document);
  }

  boolean hasExpired() {
    return grant.expired(clock.instant());
  }
}

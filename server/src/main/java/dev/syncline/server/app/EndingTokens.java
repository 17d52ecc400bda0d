package dev.syncline.server.app;

import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.port.IssuedTokens;
import dev.syncline.server.document.DocumentServer;
import java.time.Instant;
import java.util.List;

/** Ends a token's connections together with the token. Thread-safe. */
record EndingTokens(IssuedTokens tokens, DocumentServer server) implements IssuedTokens {

  @Override
  public AccessToken create(Grant grant, Instant now) {
    return tokens.create(grant, now);
  }

  @Override
  public List<IssuedToken> list() {
    return tokens.list();
  }

  @Override
  public boolean revoke(String id) {
    boolean revoked = tokens.revoke(id);
    server.sendAway(
        access -> access instanceof TokenAccess own && own.tokenId().equals(id),
        "the token was revoked");
    return revoked;
  }
}

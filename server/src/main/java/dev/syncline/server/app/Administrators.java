package dev.syncline.server.app;

import dev.syncline.core.model.AccessScope;
import dev.syncline.core.port.AccessTokens;
import dev.syncline.server.config.DocumentSettings.Auth;
import dev.syncline.server.view.AdminAccess;
import java.time.InstantSource;

/**
 * Allows the token of this machine's commands and, where tokens are in use, those made for
 * administration. Thread-safe.
 */
record Administrators(AdminAccess local, Auth auth, AccessTokens tokens, InstantSource clock)
    implements AdminAccess {

  @Override
  public Decision decide(String token) {
    Decision decision = local.decide(token);
    if (decision != Decision.UNKNOWN || auth == Auth.NONE) {
      return decision;
    }
    return tokens
        .verify(token, clock.instant())
        .map(grant ->
            grant.scope().includes(AccessScope.ADMIN) ? Decision.ALLOWED : Decision.NOT_ENOUGH)
        .orElse(Decision.UNKNOWN);
  }
}

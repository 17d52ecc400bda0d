package dev.syncline.server.app;

import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.AccessTokens;
import dev.syncline.server.config.DocumentSettings.Auth;
import dev.syncline.server.document.Access;
import dev.syncline.server.document.websocket.Sockets;
import dev.syncline.server.web.connect.Upgrade;
import java.time.InstantSource;
import java.util.Optional;

/** Lets clients in to the documents, as far as their token goes. Thread-safe. */
record Reception(Auth auth, AccessTokens tokens, Sockets sockets, InstantSource clock)
    implements Upgrade {

  private static final int UNAUTHORIZED = 401;
  private static final int UNAVAILABLE = 503;

  @Override
  public Answer decide(Visitor visitor) {
    return switch (auth) {
      case NONE -> new Answer.Accepted(sockets.listener(Access.OPEN));
      case TOKEN -> visitor.token().map(this::decide).orElseGet(() -> unknown("a token is needed"));
    };
  }

  private Answer decide(String token) {
    try {
      Optional<Grant> grant = tokens.verify(token, clock.instant());
      if (grant.isEmpty()) {
        return unknown("this token is unknown, revoked or expired");
      }
      var access = new TokenAccess(AccessToken.parse(token).id(), grant.get(), clock);
      return new Answer.Accepted(sockets.listener(access));
    } catch (SyncException.Unavailable e) {
      return new Answer.Refused(UNAVAILABLE, "tokens can't be checked now: try again later");
    }
  }

  private static Answer unknown(String sentence) {
    return new Answer.Refused(
        UNAUTHORIZED, sentence + ": send one as Authorization: Bearer, or as ?token=");
  }
}

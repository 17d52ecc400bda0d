package dev.syncline.core.port;

import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SyncException;
import java.time.Instant;
import java.util.List;

/**
 * What people do with tokens: hand them out, look them over, end them. The part of {@link
 * AccessTokens} that also works from another machine, since nothing secret but a new token passes.
 *
 * <p>Thread-safe. Every method throws {@link SyncException.Unavailable} while tokens can't be
 * reached.
 */
public interface IssuedTokens {

  /**
   * Makes a token. Good for use, and kept for good, when it returns.
   *
   * @throws SyncException.Invalid if the grant has expired already
   */
  AccessToken create(Grant grant, Instant now);

  /** All tokens that were not revoked, expired ones too, oldest first. */
  List<IssuedToken> list();

  /**
   * Ends a token: {@link AccessTokens#verify} refuses it from the moment this returns. Connections
   * that it opened are the caller's to close.
   *
   * @return whether there was one of this id
   */
  boolean revoke(String id);
}

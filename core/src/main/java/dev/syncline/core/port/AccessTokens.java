package dev.syncline.core.port;

import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SealedToken;
import dev.syncline.core.model.SyncException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tokens that open a server whose access is closed. Only a hash of each is kept: a token can be
 * shown once, when it is made.
 *
 * <p>Thread-safe. Every method throws {@link SyncException.Unavailable} while the database can't be
 * reached.
 */
public interface AccessTokens {

  /**
   * Makes a token. Good for use, and kept for good, when it returns.
   *
   * @throws SyncException.Invalid if the grant has expired already
   */
  AccessToken create(Grant grant, Instant now);

  /**
   * What the holder of a token may do; empty if it is none, was revoked, or has expired. Asked once
   * for each connection; notes the use, at most once a minute.
   *
   * @param token whatever was presented
   */
  Optional<Grant> verify(String token, Instant now);

  /** All tokens that were not revoked, expired ones too, oldest first. */
  List<IssuedToken> list();

  /**
   * Ends a token: {@link #verify} refuses it from the moment this returns. Connections that it
   * opened are the caller's to close.
   *
   * @return whether there was one of this id
   */
  boolean revoke(String id);

  /** Every token with the hash of its secret, for a backup. */
  List<SealedToken> export();

  /** Puts a token back that {@link #export} showed; one that is here already stays as it is. */
  void restore(SealedToken token);
}

package dev.syncline.core.port;

import dev.syncline.core.model.Grant;
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
public interface AccessTokens extends IssuedTokens {

  /**
   * What the holder of a token may do; empty if it is none, was revoked, or has expired. Asked once
   * for each connection; notes the use, at most once a minute.
   *
   * @param token whatever was presented
   */
  Optional<Grant> verify(String token, Instant now);

  /** Every token with the hash of its secret, for a backup. */
  List<SealedToken> export();

  /** Puts a token back that {@link #export} showed; one that is here already stays as it is. */
  void restore(SealedToken token);
}

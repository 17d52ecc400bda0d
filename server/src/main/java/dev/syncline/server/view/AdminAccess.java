package dev.syncline.server.view;

/**
 * Decides whether the bearer of a token may look after this server. Thread-safe; compares in
 * constant time.
 */
@FunctionalInterface
public interface AdminAccess {

  /**
   * @param token as presented, never logged
   */
  Decision decide(String token);

  /** What a presented token is good for. */
  enum Decision {
    /** Whatever the administration API offers. */
    ALLOWED,
    /** A known token, but not for administration. */
    NOT_ENOUGH,
    /** No such token, or an expired or revoked one. */
    UNKNOWN
  }
}

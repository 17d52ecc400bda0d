package dev.syncline.server.ledger.remote;

import java.nio.file.Path;

/**
 * Which ssh hosts are trusted.
 *
 * @param file in OpenSSH's format; need not exist. The user's own ~/.ssh plays no part
 * @param firstContact what becomes of a host that is not in it
 */
public record KnownHosts(Path file, FirstContact firstContact) {

  /** What becomes of a host that was never seen. A host whose key has changed is always refused. */
  public enum FirstContact {
    /** It is refused until a person has added it. */
    REFUSE,
    /** It is added. Whoever stands between us at that moment is trusted from then on. */
    ACCEPT
  }
}

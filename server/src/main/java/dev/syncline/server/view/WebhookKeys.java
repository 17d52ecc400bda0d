package dev.syncline.server.view;

import java.time.Duration;

/** Makes what senders of webhooks prove themselves with. */
public interface WebhookKeys {

  /** A new secret, drawn by chance. */
  String draw();

  /**
   * A token that is signed with a secret, for senders who can only send a fixed header.
   *
   * @param name whose it is
   * @throws dev.syncline.core.model.SyncException.Invalid if tokens can't be signed with it
   */
  String token(String secret, String name, Duration validFor);
}

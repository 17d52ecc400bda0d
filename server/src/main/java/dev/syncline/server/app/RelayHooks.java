package dev.syncline.server.app;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Secret;
import dev.syncline.server.endpoint.relay.RelayEvent;
import dev.syncline.server.view.Ssh;
import dev.syncline.server.view.Webhooks;
import dev.syncline.server.webhook.Proof;
import dev.syncline.server.webhook.Received;
import dev.syncline.server.webhook.Recent;
import dev.syncline.server.webhook.Verdict;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Messages of Relay Servers, and the answers that their senders know. Thread-safe. */
final class RelayHooks implements Webhooks {

  private static final Reply RECEIVED = new Reply(200, Map.of("status", "received"));

  private final Optional<Secret> secret;
  private final Consumer<RelayEvent> listener;
  private final Supplier<Optional<Ssh.Key>> key;
  private final InstantSource clock;
  private final Recent recent = new Recent();

  /**
   * @param listener hears of changes; what it took is durable when it returns
   * @param key for repositories over ssh, if there is one
   */
  RelayHooks(
      Optional<Secret> secret,
      Consumer<RelayEvent> listener,
      Supplier<Optional<Ssh.Key>> key,
      InstantSource clock) {
    this.secret = secret;
    this.listener = listener;
    this.key = key;
    this.clock = clock;
  }

  @Override
  public Reply receive(Map<String, String> headers, byte[] body) {
    Proof proof = Proof.of(secret.map(Secret::value).orElse(""));
    return switch (proof.check(new Received(headers, body), clock.instant())) {
      case Verdict.Accepted() -> accepted(body);
      case Verdict.Unproven() -> Reply.error(401, "Authentication required");
      case Verdict.Refused(String reason) -> Reply.error(401, "Authentication failed: " + reason);
      case Verdict.OutOfScope(String reason) -> Reply.error(403, reason);
    };
  }

  private Reply accepted(byte[] body) {
    RelayEvent event;
    try {
      event = RelayEvent.read(body);
    } catch (SyncException.Invalid e) {
      return Reply.error(400, String.valueOf(e.getMessage()));
    }
    if (event.id().filter(recent::has).isPresent()) {
      return RECEIVED;
    }
    try {
      listener.accept(event);
    } catch (SyncException.Unavailable e) {
      return Reply.error(503, String.valueOf(e.getMessage()));
    }
    event.id().ifPresent(recent::add);
    return RECEIVED;
  }

  @Override
  public Optional<String> publicKey() {
    return key.get().map(Ssh.Key::line);
  }
}

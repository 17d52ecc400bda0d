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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages of Relay Servers, and the answers that their senders know. Thread-safe. */
final class RelayHooks implements Webhooks {

  private static final Logger LOG = LoggerFactory.getLogger(RelayHooks.class);
  private static final Reply RECEIVED = new Reply(200, Map.of("status", "received"));

  private final Optional<Secret> secret;
  private final Ears ears;
  private final Supplier<Optional<Ssh.Key>> key;
  private final InstantSource clock;
  private final Recent recent = new Recent();

  /** Hears of changes. Thread-safe. */
  interface Ears {

    /** Whether an event is nothing new, since what it says is durable already; never waits. */
    boolean know(RelayEvent event);

    /**
     * Takes an event; what it says is durable when this returns.
     *
     * @throws SyncException.Unavailable if that can't be now
     */
    void hear(RelayEvent event);
  }

  /**
   * @param ears who hears of changes
   * @param key for repositories over ssh, if there is one
   */
  RelayHooks(
      Optional<Secret> secret, Ears ears, Supplier<Optional<Ssh.Key>> key, InstantSource clock) {
    this.secret = secret;
    this.ears = ears;
    this.key = key;
    this.clock = clock;
  }

  @Override
  public void receive(Map<String, String> headers, byte[] body, Consumer<Reply> sender) {
    Proof proof = Proof.of(secret.map(Secret::value).orElse(""));
    switch (proof.check(new Received(headers, body), clock.instant())) {
      case Verdict.Accepted() -> accepted(body, sender);
      case Verdict.Unproven() -> sender.accept(Reply.error(401, "Authentication required"));
      case Verdict.Refused(String reason) ->
          sender.accept(Reply.error(401, "Authentication failed: " + reason));
      case Verdict.OutOfScope(String reason) -> sender.accept(Reply.error(403, reason));
    }
  }

  private void accepted(byte[] body, Consumer<Reply> sender) {
    RelayEvent event;
    try {
      event = RelayEvent.read(body);
    } catch (SyncException.Invalid e) {
      sender.accept(Reply.error(400, String.valueOf(e.getMessage())));
      return;
    }
    if (event.id().filter(recent::has).isPresent()) {
      sender.accept(RECEIVED);
    } else if (ears.know(event)) {
      event.id().ifPresent(recent::add);
      sender.accept(RECEIVED);
    } else {
      Thread.ofVirtual().name("webhook").start(() -> sender.accept(heard(event)));
    }
  }

  private Reply heard(RelayEvent event) {
    try {
      ears.hear(event);
    } catch (SyncException.Unavailable e) {
      return Reply.error(503, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a webhook met a bug");
      return Reply.error(500, "Internal server error");
    }
    event.id().ifPresent(recent::add);
    return RECEIVED;
  }

  @Override
  public Optional<String> publicKey() {
    return key.get().map(Ssh.Key::line);
  }
}

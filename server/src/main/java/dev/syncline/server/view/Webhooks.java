package dev.syncline.server.view;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes messages of Relay Servers. Thread-safe. */
public interface Webhooks {

  /**
   * Takes one; never waits.
   *
   * @param headers as they came, by name
   * @param body as it came
   * @param sender gets the answer: at once, or on another thread when what is accepted is durable
   */
  void receive(Map<String, String> headers, byte[] body, Consumer<Reply> sender);

  /** The public key that repositories over ssh are reached with; empty if there is none. */
  Optional<String> publicKey();

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param fields of a JSON object
   */
  record Reply(int status, Map<String, String> fields) {
    public Reply {
      fields = Map.copyOf(fields);
    }

    public static Reply error(int status, String sentence) {
      return new Reply(status, Map.of("error", sentence));
    }
  }
}

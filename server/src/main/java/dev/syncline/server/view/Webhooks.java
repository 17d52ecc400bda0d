package dev.syncline.server.view;

import java.util.Map;
import java.util.Optional;

/** Takes messages of Relay Servers. Thread-safe. */
public interface Webhooks {

  /**
   * Takes one. What is accepted is durable before this returns.
   *
   * @param headers as they came, by name
   * @param body as it came
   */
  Reply receive(Map<String, String> headers, byte[] body);

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

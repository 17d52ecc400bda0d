package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the events of a shared folder come from.
 *
 * @param base where the server is: {@code https://…}, or {@code http://…} as it is
 * @param key a token that may read the folder
 */
public record StreamSource(URI base, Secret key, RelayId folder) {

  public StreamSource {
    if (!"https".equals(base.getScheme()) && !"http".equals(base.getScheme())) {
      throw new SyncException.Invalid("a Relay Server's address begins with https:// or http://");
    }
  }

  /** Where to connect. The server takes the key only there, so this must never be shown. */
  URI withKey() {
    String end = base.toString().endsWith("/") ? "" : "/";
    String key = URLEncoder.encode(this.key.value(), StandardCharsets.UTF_8);
    // http becomes ws, and https wss.
    String socket = base.toString().replaceFirst("^http", "ws");
    return URI.create(socket + end + "d/" + folder + "/ws/" + folder + "?token=" + key);
  }
}

package dev.syncline.server.endpoint.jsonapi;

import dev.syncline.server.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a source wants to see.
 *
 * @param fixed headers, as somebody wrote them
 * @param user for a password; empty for a bearer's token
 * @param token the token or password, read again each time
 */
public record Credentials(
    Map<String, String> fixed, Optional<String> user, Optional<Secret> token) {

  /** It lets everybody in. */
  public static final Credentials NONE =
      new Credentials(Map.of(), Optional.empty(), Optional.empty());

  public Credentials {
    fixed = Map.copyOf(fixed);
  }

  /** The headers of a request. */
  Map<String, String> headers() {
    var headers = new LinkedHashMap<>(fixed);
    token.ifPresent(secret -> headers.put("Authorization", authorization(secret.value())));
    return headers;
  }

  private String authorization(String value) {
    return user.map(name ->
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((name + ":" + value).getBytes(StandardCharsets.UTF_8)))
        .orElse("Bearer " + value);
  }

  @Override
  public String toString() {
    return "credentials";
  }
}

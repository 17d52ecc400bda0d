package dev.syncline.server.forge;

import dev.syncline.core.model.SyncException;
import java.net.URI;
import java.nio.file.Path;

/**
 * A GitHub App that was installed for some repositories.
 *
 * @param id its client id or its number
 * @param installation the number of the installation
 * @param key file of a private key of the app's, as GitHub gave it
 * @param api where GitHub's REST API is: {@code https://api.github.com}, or {@code
 *     https://HOST/api/v3}
 * @param repository the name of the one repository that is asked for, without its owner
 */
public record GitHubApp(String id, long installation, Path key, URI api, String repository) {

  private static final String GITHUB = "github.com";

  public GitHubApp {
    boolean isHere = "127.0.0.1".equals(api.getHost()) || "localhost".equals(api.getHost());
    if (!"https".equals(api.getScheme()) && !("http".equals(api.getScheme()) && isHere)) {
      throw new SyncException.Invalid(
          "GitHub's API is at an address that begins with https, not at " + api);
    }
  }

  /** Where the API is for repositories on a host. */
  public static URI apiOf(String host) {
    return URI.create(
        host.equalsIgnoreCase(GITHUB) ? "https://api.github.com" : "https://" + host + "/api/v3");
  }

  URI tokens() {
    String root = api.toString().replaceFirst("/+$", "");
    return URI.create(root + "/app/installations/" + installation + "/access_tokens");
  }
}

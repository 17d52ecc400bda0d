package dev.syncline.server.config;

import java.util.Optional;

/**
 * A PostgreSQL server.
 *
 * @param url {@code jdbc:postgresql://…} or {@code postgres://…}; may hold a password, so never
 *     print it: {@link #safeUrl} is for that
 * @param user wins over the URL's
 * @param password wins over the URL's
 */
public record DatabaseSettings(String url, Optional<String> user, Optional<Secret> password) {

  /** The URL without what may be secret in it. */
  public String safeUrl() {
    return DatabaseUrl.masked(url);
  }

  @Override
  public String toString() {
    return "DatabaseSettings[url=%s, user=%s, password=%s]"
        .formatted(safeUrl(), user.orElse(""), password.isPresent() ? Secret.MASK : "none");
  }
}

package dev.syncline.server.state;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.DatabaseSettings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the state is kept. */
public sealed interface DatabaseAddress {

  /** A file {@code state.db} in the data directory, which has to exist. */
  record SqliteFile(Path dataDirectory) implements DatabaseAddress {}

  /**
   * A PostgreSQL server, 13 or newer.
   *
   * @param jdbcUrl {@code jdbc:postgresql://…}; never with a password when made by {@link
   *     #postgres}
   * @param user as in the URL, or the driver's default, if empty
   * @param password asked for each new connection, so that a rotated one is picked up
   */
  record Postgres(String jdbcUrl, Optional<String> user, Optional<Supplier<String>> password)
      implements DatabaseAddress {

    @Override
    public String toString() {
      return "PostgreSQL at " + jdbcUrl.replaceFirst("\\?.*", "");
    }
  }

  /**
   * Reads {@code postgres://user:password@host:port/database?option=value}, the same with {@code
   * postgresql:}, or {@code jdbc:postgresql://…}.
   *
   * @throws SyncException.Invalid if the URL is none of these; the message never repeats it, since
   *     it may hold a password
   */
  static Postgres postgres(DatabaseSettings settings) {
    String url = settings.url();
    Optional<String> user = settings.user();
    Optional<Supplier<String>> password = settings.password().map(secret -> secret::value);
    if (url.startsWith("jdbc:postgresql:")) {
      return new Postgres(url, user, password);
    }
    int start = url.indexOf("://");
    String scheme = start < 0 ? "" : url.substring(0, start);
    if (!scheme.equals("postgres") && !scheme.equals("postgresql")) {
      throw new SyncException.Invalid(
          "database.url must begin with postgres://, postgresql:// or jdbc:postgresql://");
    }
    String rest = url.substring(start + 3);
    int slash = rest.indexOf('/');
    // A slash that a password holds must be written %2F, so the first one ends the authority.
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "/" : rest.substring(slash);
    int at = authority.lastIndexOf('@');
    String hosts = authority.substring(at + 1);
    if (hosts.isEmpty()) {
      throw new SyncException.Invalid("database.url names no host");
    }
    String credentials = at < 0 ? "" : authority.substring(0, at);
    int colon = credentials.indexOf(':');
    Optional<String> givenUser = decoded(colon < 0 ? credentials : credentials.substring(0, colon));
    Optional<String> givenPassword = decoded(colon < 0 ? "" : credentials.substring(colon + 1));
    return new Postgres(
        "jdbc:postgresql://" + hosts + path,
        user.or(() -> givenUser),
        password.or(() -> givenPassword.map(fixed -> () -> fixed)));
  }

  private static Optional<String> decoded(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      // A plus is a plus in this part of a URL, not a space.
      return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new SyncException.Invalid(
          "database.url: user or password has a % that two hexadecimal digits don't follow", e);
    }
  }
}

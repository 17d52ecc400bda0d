package dev.syncline.server.config;

import java.util.List;
import java.util.regex.Pattern;

/** Knows which parts of a database's URL are secret. */
final class DatabaseUrl {

  static final List<String> SCHEMES = List.of("jdbc:postgresql:", "postgresql://", "postgres://");

  /**
   * From the first colon of the authority to the last at sign of all: who forgot to write the slash
   * of a password as %2F must not find it in a log.
   */
  private static final Pattern USER_INFO = Pattern.compile("(//[^:/?#@]*):.*@");

  private static final Pattern SECRET_OPTION =
      Pattern.compile("(?i)([?&](?:[a-z]*password|[a-z]*secret|[a-z]*token)=)[^&#]*");

  private DatabaseUrl() {}

  static String masked(String url) {
    String withoutPassword = USER_INFO.matcher(url).replaceFirst("$1:" + Secret.MASK + "@");
    return SECRET_OPTION.matcher(withoutPassword).replaceAll("$1" + Secret.MASK);
  }
}

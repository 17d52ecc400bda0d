package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.util.Map;

/** A database's URL; the password that it may hold is never shown. */
record PostgresAddress() implements ValueType<String> {

  @Override
  public String parse(String text) {
    String url = text.strip();
    if (DatabaseUrl.SCHEMES.stream().noneMatch(url::startsWith)) {
      throw new SyncException.Invalid(
          "it must begin with postgres://, postgresql:// or jdbc:postgresql:");
    }
    return url;
  }

  @Override
  public String described() {
    return "URL `postgres://…` or `jdbc:postgresql://…`";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string", "pattern", "^(jdbc:postgresql:|postgres(ql)?://)");
  }

  @Override
  public String shown(String text) {
    return DatabaseUrl.masked(text);
  }
}

package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/** Where a server is: {@code https://…} or {@code http://…}, without a user and a query. */
record WebAddress() implements ValueType<URI> {

  @Override
  public URI parse(String text) {
    try {
      URI address = new URI(text.strip());
      boolean isWeb =
          ("https".equalsIgnoreCase(address.getScheme())
                  || "http".equalsIgnoreCase(address.getScheme()))
              && address.getHost() != null;
      if (isWeb && address.getRawUserInfo() == null && address.getRawQuery() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // The sentence below is for these, too; the text may hold a key.
    }
    throw new SyncException.Invalid(
        "is no address of a server: write https://NAME, and no user, key or query in it");
  }

  @Override
  public String described() {
    return "address that begins with https:// or http://";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string", "pattern", "^[Hh][Tt][Tt][Pp][Ss]?://[^@?]+$");
  }
}

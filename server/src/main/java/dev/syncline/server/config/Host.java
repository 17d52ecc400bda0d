package dev.syncline.server.config;

import dev.syncline.core.model.SyncException;
import java.net.InetAddress;
import java.util.Map;
import java.util.regex.Pattern;

/** A host's name or address, or nothing for all addresses. DNS is not asked. */
record Host() implements ValueType<String> {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");

  @Override
  public String parse(String text) {
    String host = text.strip();
    if (host.isEmpty() || NAME.matcher(host).matches()) {
      return host;
    }
    try {
      InetAddress.ofLiteral(host);
      return host;
    } catch (IllegalArgumentException e) {
      throw new SyncException.Invalid(
          "`" + text + "` is no address and no host name (a port has a setting of its own)", e);
    }
  }

  @Override
  public String described() {
    return "address or host name";
  }

  @Override
  public Map<String, Object> schema() {
    return Map.of("type", "string");
  }
}

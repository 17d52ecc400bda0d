package dev.syncline.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens, and whom it lets in.
 *
 * @param host address or name to listen on; all addresses if blank
 * @param port 0 to 65535; the system chooses a free one if 0
 * @param tls plain HTTP if empty
 */
public record ServerSettings(String host, int port, Optional<Tls> tls, Connections connections) {

  /** PEM files; they are read again when they change. */
  public record Tls(Path certificate, Path key) {}

  /**
   * @param max most open connections
   * @param maxPerAddress most of them from one address
   * @param trustedProxies addresses or ranges ({@code 10.0.0.0/8}) of proxies whose {@code
   *     X-Forwarded-For} is believed
   */
  public record Connections(int max, int maxPerAddress, List<String> trustedProxies) {
    public Connections {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }
}

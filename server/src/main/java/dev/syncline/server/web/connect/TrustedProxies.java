package dev.syncline.server.web.connect;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Finds the address that a request really comes from. What {@code X-Forwarded-For} says is believed
 * only as far as trusted proxies wrote it: anybody can send that header.
 *
 * <p>Thread-safe: immutable.
 */
public final class TrustedProxies {

  private final List<Cidr> ranges;

  public TrustedProxies(List<Cidr> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /** From {@code server.trusted-proxies}. */
  public static TrustedProxies parse(List<String> ranges) {
    return new TrustedProxies(ranges.stream().map(Cidr::parse).toList());
  }

  /** The address that the request really comes from. */
  InetAddress client(Request request) {
    if (!(request.getConnectionMetaData().getRemoteSocketAddress()
        instanceof InetSocketAddress connected)) {
      throw new IllegalStateException("every connection comes over TCP");
    }
    return client(
        connected.getAddress(), request.getHeaders().getValuesList(HttpHeader.X_FORWARDED_FOR));
  }

  /**
   * The nearest address that is not one of the trusted proxies.
   *
   * @param connected the other end of the connection
   * @param forwardedFor values of the header {@code X-Forwarded-For} in the order received
   */
  public InetAddress client(InetAddress connected, List<String> forwardedFor) {
    InetAddress nearest = connected;
    // Each proxy appends the address that it saw, so the last entry is the nearest hop.
    for (String hop : hops(forwardedFor).reversed()) {
      if (!trusts(nearest)) {
        return nearest;
      }
      Optional<InetAddress> before = address(hop);
      if (before.isEmpty()) {
        return nearest;
      }
      nearest = before.get();
    }
    return nearest;
  }

  private boolean trusts(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  private static List<String> hops(List<String> forwardedFor) {
    var hops = new ArrayList<String>();
    for (String value : forwardedFor) {
      for (String hop : value.split(",", -1)) {
        hops.add(hop.strip());
      }
    }
    return hops;
  }

  /** Some proxies add the port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
  private static Optional<InetAddress> address(String hop) {
    String bare = hop;
    int bracket = hop.indexOf(']');
    if (hop.startsWith("[") && bracket > 0) {
      bare = hop.substring(1, bracket);
    } else if (hop.indexOf(':') == hop.lastIndexOf(':') && hop.indexOf(':') > 0) {
      bare = hop.substring(0, hop.indexOf(':'));
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

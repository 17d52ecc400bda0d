package dev.syncline.server.app;

import dev.syncline.server.config.ServerSettings;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Stream;

/** Where a server can be reached. */
final class Addresses {

  private static final int UNIQUE_LOCAL_MASK = 0xfe;
  private static final int UNIQUE_LOCAL = 0xfc;

  private Addresses() {}

  /** How a command on this machine reaches a server. */
  static URI local(ServerSettings settings, int port) {
    String host = settings.host().isBlank() ? "127.0.0.1" : settings.host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      host = "127.0.0.1";
    }
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create((settings.tls().isPresent() ? "https" : "http") + "://" + name + ":" + port);
  }

  /** Whether somebody may reach this host from the internet, as far as its addresses tell. */
  static boolean isPublic(String host) {
    try {
      Stream<InetAddress> bound =
          host.isBlank() || host.equals("0.0.0.0") || host.equals("::")
              ? NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
              : Arrays.stream(InetAddress.getAllByName(host));
      return bound.anyMatch(Addresses::isPublic);
    } catch (IOException e) {
      // Who can't be found can't be warned about; listening on it fails with a better sentence.
      return false;
    }
  }

  private static boolean isPublic(InetAddress address) {
    boolean uniqueLocal =
        address instanceof Inet6Address
            && (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
    return !address.isLoopbackAddress()
        && !address.isSiteLocalAddress()
        && !address.isLinkLocalAddress()
        && !address.isAnyLocalAddress()
        && !uniqueLocal;
  }
}

package dev.syncline.server.web.connect;

import dev.syncline.core.model.SyncException;
import java.net.InetAddress;

/**
 * A range of addresses, such as {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param network any address of the range
 * @param bits how many leading bits all addresses of the range share
 */
public record Cidr(InetAddress network, int bits) {

  public Cidr {
    if (bits < 0 || bits > network.getAddress().length * Byte.SIZE) {
      throw new SyncException.Invalid("no range of addresses has " + bits + " leading bits");
    }
  }

  /**
   * Reads {@code address/bits}; a single address is a range of one. Never asks DNS.
   *
   * @throws SyncException.Invalid if it is neither
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int bits =
          slash < 0
              ? network.getAddress().length * Byte.SIZE
              : Integer.parseInt(text.substring(slash + 1));
      return new Cidr(network, bits);
    } catch (IllegalArgumentException e) {
      throw new SyncException.Invalid(
          "`" + text + "` is not a range of addresses like 10.0.0.0/8 or fd00::/8", e);
    }
  }

  /** Whether the address lies in this range. IPv4 and IPv6 never contain each other. */
  public boolean contains(InetAddress address) {
    byte[] mine = network.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (mine[i] != other[i]) {
        return false;
      }
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || ((mine[whole] ^ other[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + bits;
  }
}

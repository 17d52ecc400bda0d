package dev.syncline.server.web.connect;

import dev.syncline.core.model.SyncException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts connections, in all and for each address, and refuses those that are too many. An IPv6
 * customer is given a /64 or more, so all of a /64 counts as one address.
 *
 * <p>Thread-safe.
 */
public final class ConnectionLimits {

  private static final int NETWORK_BYTES = 8;

  private final int most;
  private final int mostPerAddress;
  private final Map<InetAddress, Integer> open = new HashMap<>();
  private int all;

  public ConnectionLimits(int most, int mostPerAddress) {
    if (most < 1 || mostPerAddress < 1) {
      throw new SyncException.Invalid("a limit of connections is at least 1");
    }
    this.most = most;
    this.mostPerAddress = mostPerAddress;
  }

  /** Takes a place, or says which limit leaves none. */
  public synchronized Admission acquire(InetAddress address) {
    if (all >= most) {
      return new Admission.Full(most);
    }
    InetAddress counted = countedAs(address);
    int mine = open.getOrDefault(counted, 0);
    if (mine >= mostPerAddress) {
      return new Admission.AddressFull(mostPerAddress);
    }
    all++;
    open.put(counted, mine + 1);
    return new Admission.Lease(() -> release(counted));
  }

  /** Places taken now. */
  public synchronized int connections() {
    return all;
  }

  /** Addresses that hold a place now. */
  public synchronized int addresses() {
    return open.size();
  }

  /** Places in all. */
  public int most() {
    return most;
  }

  private synchronized void release(InetAddress counted) {
    all--;
    // Returning null removes the entry: the map must not grow with every address ever seen.
    open.computeIfPresent(counted, (address, count) -> count > 1 ? count - 1 : null);
  }

  private static InetAddress countedAs(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address;
    }
    byte[] network = Arrays.copyOf(address.getAddress(), NETWORK_BYTES);
    try {
      return InetAddress.getByAddress(Arrays.copyOf(network, 2 * NETWORK_BYTES));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are always an address", e);
    }
  }
}

package dev.syncline.server.web.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.SyncException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class ConnectionLimitsTest {

  @Test
  void fullForEverybodyOnceAllPlacesAreTaken() {
    var limits = new ConnectionLimits(2, 2);
    acquire(limits, "192.0.2.1");
    acquire(limits, "192.0.2.2");
    assertEquals(new Admission.Full(2), limits.acquire(InetAddress.ofLiteral("192.0.2.3")));
  }

  @Test
  void oneAddressCanNotTakeThePlacesOfOthers() {
    var limits = new ConnectionLimits(10, 1);
    acquire(limits, "192.0.2.1");
    assertEquals(new Admission.AddressFull(1), limits.acquire(InetAddress.ofLiteral("192.0.2.1")));
    acquire(limits, "192.0.2.2");
  }

  @Test
  void aNetworkOfIpv6CountsAsOneAddress() {
    var limits = new ConnectionLimits(10, 1);
    acquire(limits, "2001:db8:0:1::1");
    assertEquals(
        new Admission.AddressFull(1),
        limits.acquire(InetAddress.ofLiteral("2001:db8:0:1:ffff::2")));
    acquire(limits, "2001:db8:0:2::1");
  }

  @Test
  void aPlaceIsGivenBackOnceHoweverOftenItIsClosed() {
    var limits = new ConnectionLimits(2, 2);
    Admission.Lease first = acquire(limits, "192.0.2.1");
    acquire(limits, "192.0.2.1");
    first.close();
    first.close();
    assertEquals(1, limits.connections());
    acquire(limits, "192.0.2.1");
    assertEquals(new Admission.Full(2), limits.acquire(InetAddress.ofLiteral("192.0.2.1")));
  }

  @Test
  void addressesWithoutConnectionsAreForgotten() {
    var limits = new ConnectionLimits(2, 2);
    acquire(limits, "192.0.2.1").close();
    assertEquals(0, limits.addresses());
  }

  @Test
  void aLimitOfNothingIsRefused() {
    assertThrows(SyncException.Invalid.class, () -> new ConnectionLimits(0, 1));
    assertThrows(SyncException.Invalid.class, () -> new ConnectionLimits(1, 0));
  }

  private static Admission.Lease acquire(ConnectionLimits limits, String address) {
    return assertInstanceOf(Admission.Lease.class, limits.acquire(InetAddress.ofLiteral(address)));
  }
}

package dev.syncline.server.web.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TrustedProxiesTest {

  private static final TrustedProxies PROXIES =
      TrustedProxies.parse(List.of("10.0.0.0/8", "fd00::/8"));

  @Test
  void strangersAreNotBelieved() {
    assertClient("203.0.113.1", "203.0.113.1", "198.51.100.7");
  }

  @Test
  void aProxyIsBelievedAboutTheHopBeforeIt() {
    assertClient("198.51.100.7", "10.0.0.1", "198.51.100.7");
  }

  @Test
  void whatTheClientItselfClaimedIsNotBelieved() {
    assertClient("198.51.100.7", "10.0.0.1", "127.0.0.1, 198.51.100.7");
    assertClient("198.51.100.7", "10.0.0.1", "127.0.0.1", "198.51.100.7");
  }

  @Test
  void chainsOfProxiesAreFollowedToTheFirstStranger() {
    assertClient("198.51.100.7", "10.0.0.1", "1.1.1.1, 198.51.100.7, 10.2.0.1, fd00::5");
  }

  @Test
  void withoutTheHeaderTheProxyIsTheClient() {
    assertClient("10.0.0.1", "10.0.0.1");
  }

  @Test
  void nonsenseEndsTheChain() {
    assertClient("10.0.0.1", "10.0.0.1", "198.51.100.7, unknown");
    assertClient("10.0.0.1", "10.0.0.1", "");
  }

  @Test
  void portsArePassedOver() {
    assertClient("198.51.100.7", "10.0.0.1", "198.51.100.7:4711");
    assertClient("2001:db8::1", "10.0.0.1", "[2001:db8::1]:4711");
    assertClient("2001:db8::1", "10.0.0.1", "2001:db8::1");
  }

  private static void assertClient(String expected, String connected, String... forwardedFor) {
    assertEquals(
        InetAddress.ofLiteral(expected),
        PROXIES.client(InetAddress.ofLiteral(connected), List.of(forwardedFor)));
  }
}

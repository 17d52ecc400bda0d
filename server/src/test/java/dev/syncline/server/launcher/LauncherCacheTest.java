package dev.syncline.server.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./syncline} makes and uses the cache of loaded classes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for sh; Windows has syncline.cmd")
final class LauncherCacheTest {
  private static final String PREPARES = "preparing a faster start";

  @TempDir private Path machine;
  private Checkout checkout;
  private Path jdk;
  private Path cache;

  @BeforeEach
  void unpack() throws IOException {
    checkout = new Checkout(machine).asDistribution();
    jdk = checkout.jdk("jdk-25", "25.0.1");
    cache = checkout.root.resolve("syncline-server-0.1.0-jdk-25.0.1+7.aot");
  }

  @Test
  void isMadeOnceAndUsedFromThenOn() throws Exception {
    var first = checkout.start();
    assertTrue(first.err().getFirst().contains(PREPARES));

    var second = checkout.start();

    assertEquals(List.of(), second.err());
    for (var start : List.of(first, second)) {
      assertTrue(start.said("argument").contains("-XX:AOTCache=" + cache));
    }
  }

  @Test
  void isMadeAgainForANewerProgram() throws Exception {
    checkout.start().exitCode();
    checkout.touch("syncline-server-0.1.0.jar", later());

    assertTrue(checkout.start().err().getFirst().contains(PREPARES));
  }

  @Test
  void isMadeAgainForOtherOptions() throws Exception {
    checkout.start().exitCode();
    checkout.touch("jvm.options", later());

    assertTrue(checkout.start().err().getFirst().contains(PREPARES));
  }

  @Test
  void aFailedSelfTestStopsNothingAndIsNotRepeated() throws Exception {
    Files.createFile(jdk.resolve("no-self-test"));

    var first = checkout.start("serve");
    assertEquals(0, first.exitCode());
    var second = checkout.start("serve");

    assertEquals("serve", first.said("argument").getLast());
    assertFalse(first.out().toString().contains("AOT"));
    assertTrue(first.err().getLast().contains("the start stays slower"));
    assertEquals(List.of(), second.err());
    assertFalse(Files.exists(cache));
  }

  @Test
  void canBeTurnedOff() throws Exception {
    checkout.environment.put("SYNCLINE_AOT", "off");

    var start = checkout.start();

    assertEquals(List.of(), start.err());
    assertFalse(start.out().toString().contains("AOT"));
    assertFalse(Files.exists(cache));
  }

  private static Instant later() {
    return Instant.now().plus(1, ChronoUnit.HOURS);
  }
}

package dev.syncline.server.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When {@code ./syncline} builds, and with what. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for sh; Windows has syncline.cmd")
final class LauncherBuildTest {
  @TempDir private Path machine;
  private Checkout checkout;
  private Path jdk;

  @BeforeEach
  void clonedOnAMachineWithAnOldDefault() throws IOException {
    checkout = new Checkout(machine).withSources();
    jdk = checkout.jdk("jdk-25", "25.0.1");
    checkout.onPath(checkout.hiddenJdk("17.0.15"));
    checkout.environment.put("SYNCLINE_AOT", "off");
  }

  @Test
  void buildsOnFirstUseAndSaysSo() throws Exception {
    var start = checkout.start("serve");

    assertEquals(0, start.exitCode());
    assertTrue(start.err().getFirst().contains("building for the first time"));
    assertEquals("serve", start.said("argument").getLast());
    String build = checkout.builds().getFirst();
    assertTrue(build.contains(" package with " + jdk + " on the default"), build);
  }

  @Test
  void givesMavenOurJdkWhereTheDefaultCannotRunIt() throws Exception {
    checkout.environment.put("JAVA_HOME", checkout.hiddenJdk("11.0.2").toString());

    checkout.start().exitCode();

    String build = checkout.builds().getFirst();
    assertTrue(build.endsWith(" with " + jdk + " on " + jdk), build);
  }

  @Test
  void buildsNothingTwice() throws Exception {
    checkout.start().exitCode();
    var second = checkout.start();

    assertEquals(0, second.exitCode());
    assertEquals(List.of(), second.err());
    assertEquals(1, checkout.builds().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "core/pom.xml",
        "core/src/main/java/Core.java",
        "server/src/main/java", // as if a file in it was deleted
        "server/src/main/java/Server.java"
      })
  void buildsAgainWhenASourceIsNewer(String file) throws Exception {
    checkout.built().touch(file, Checkout.AFTER_THE_BUILD);

    var start = checkout.start();

    assertTrue(start.err().getFirst().contains(file + " is newer"));
    assertEquals(1, checkout.builds().size());
  }

  @Test
  void whatIsEditedDuringABuildIsBuiltNext() throws Exception {
    Files.createFile(checkout.root.resolve("edit"));

    checkout.start().exitCode();
    checkout.start().exitCode();
    checkout.start().exitCode();

    assertEquals(2, checkout.builds().size());
  }

  @Test
  void aSignalEndsTheBuildToo() throws Exception {
    Path slow = Files.createFile(checkout.root.resolve("slow"));
    var start = checkout.start();
    start.awaitLine(slow, "\n");
    var maven = ProcessHandle.of(Long.parseLong(Files.readString(slow).strip())).orElseThrow();

    start.process().destroy();

    assertEquals(143, start.exitCode());
    maven.onExit().get(10, TimeUnit.SECONDS);
  }

  @Test
  void testsAreNoSources() throws Exception {
    checkout.built().touch("server/src/test/java/ServerTest.java", Checkout.AFTER_THE_BUILD);

    checkout.start().exitCode();

    assertEquals(List.of(), checkout.builds());
  }

  @Test
  void aFailedBuildStartsNothingAndIsRepeated() throws Exception {
    Files.createFile(checkout.root.resolve("broken"));
    checkout.built().touch("pom.xml", Checkout.AFTER_THE_BUILD);

    for (int builds = 1; builds <= 2; builds++) {
      var start = checkout.start();

      assertEquals(70, start.exitCode());
      assertEquals(List.of(), start.out());
      assertEquals(builds, checkout.builds().size());
    }
  }

  @Test
  void saysInOneSentenceThatMavenIsMissing() throws Exception {
    checkout.withoutMaven();

    var start = checkout.start();

    assertEquals(69, start.exitCode());
    assertEquals(1, start.err().size());
    assertTrue(start.err().getFirst().contains("Maven"));
  }

  @Test
  void needsNoMavenForWhatIsBuilt() throws Exception {
    checkout.built().withoutMaven();

    assertEquals(0, checkout.start().exitCode());
  }

  @Test
  void waitsForTheBuildOfAnother() throws Exception {
    Path turn = turnOf(ProcessHandle.current().pid());
    var start = checkout.start();
    start.awaitLine(start.errFile(), "waits for a build");

    checkout.built();
    Files.delete(turn);

    assertEquals(0, start.exitCode());
    assertEquals(List.of(), checkout.builds());
  }

  @Test
  void takesTheTurnOfOneThatWasKilled() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path turn = turnOf(dead.pid());

    assertEquals(0, checkout.start().exitCode());
    assertEquals(1, checkout.builds().size());
    assertFalse(Files.exists(turn));
  }

  private Path turnOf(long pid) throws IOException {
    Path turn = checkout.root.resolve("server/target/launcher-builds");
    Files.createDirectories(turn.getParent());
    return Files.writeString(turn, Long.toString(pid));
  }
}

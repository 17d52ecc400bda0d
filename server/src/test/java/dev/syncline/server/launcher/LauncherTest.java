package dev.syncline.server.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./syncline} finds a JDK and becomes the JVM. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for sh; Windows has syncline.cmd")
final class LauncherTest {
  @TempDir private Path machine;
  private Checkout checkout;

  @BeforeEach
  void unpack() throws IOException {
    checkout = new Checkout(machine).asDistribution();
  }

  @Test
  void takesTheJdkOfJavaHome() throws Exception {
    checkout.jdk("jdk-25", "25.0.1");
    Path wanted = checkout.hiddenJdk("26");
    checkout.environment.put("JAVA_HOME", wanted.toString());

    assertEquals(List.of(wanted.toString()), checkout.start().said("home"));
  }

  @Test
  void takesTheJdkOnThePath() throws Exception {
    checkout.jdk("jdk-25", "25.0.1");
    Path wanted = checkout.hiddenJdk("26.0.2");
    checkout.onPath(wanted);

    assertEquals(List.of(wanted.toString()), checkout.start().said("home"));
  }

  @Test
  void looksForAnotherWhereJavaHomeAndPathAreTooOld() throws Exception {
    Path wanted = checkout.jdk("jdk-25", "25.0.1");
    checkout.onPath(checkout.hiddenJdk("17.0.15"));
    checkout.environment.put("JAVA_HOME", checkout.hiddenJdk("21.0.9").toString());

    assertEquals(List.of(wanted.toString()), checkout.start().said("home"));
  }

  @Test
  void ofSeveralTakesTheOneNearestToTheTestedVersion() throws Exception {
    checkout.jdk("a-27", "27-ea");
    Path wanted = checkout.jdk("b-25", "25");
    checkout.jdk("c-17", "17.0.15");
    checkout.jdk("d-26", "26.0.1");

    assertEquals(List.of(wanted.toString()), checkout.start().said("home"));
  }

  @Test
  void saysInOneSentenceWhatIsMissing() throws Exception {
    checkout.jdk("jdk-8", "1.8.0_402");
    checkout.onPath(checkout.hiddenJdk("17.0.15"));
    checkout.environment.put("JAVA_HOME", checkout.hiddenJdk("21.0.9").toString());

    var start = checkout.start("serve");

    assertEquals(69, start.exitCode());
    assertEquals(1, start.err().size());
    String sentence = start.err().getFirst();
    assertTrue(sentence.contains("Java 25 or newer"), sentence);
    assertTrue(sentence.contains("JAVA_HOME has Java 21, PATH has Java 17"), sentence);
    assertEquals(List.of(), start.out());
  }

  @Test
  void saysTheSameWhereThereIsNoJavaAtAll() throws Exception {
    var start = checkout.start("serve");

    assertEquals(69, start.exitCode());
    assertEquals(1, start.err().size());
  }

  @Test
  void becomesTheJvm() throws Exception {
    checkout.jdk("jdk-25", "25.0.1");

    var start = checkout.start();

    assertEquals(List.of(Long.toString(start.process().pid())), start.said("pid"));
  }

  @Test
  void signalsReachTheJvm() throws Exception {
    checkout.jdk("jdk-25", "25.0.1");
    var start = checkout.start("wait");
    start.awaitLine(start.outFile(), "waiting");

    start.process().destroy();

    assertEquals(0, start.exitCode());
    assertTrue(start.out().contains("stopped"));
  }

  @Test
  void passesArgumentsOnAsTheyAre() throws Exception {
    checkout.jdk("jdk-25", "25.0.1");

    var arguments = checkout.start("serve", "two words", "", "*", "$HOME").said("argument");

    assertEquals(
        List.of("serve", "two words", "", "*", "$HOME"),
        arguments.subList(arguments.size() - 5, arguments.size()));
  }

  @Test
  void optionsOfThePersonComeAfterOurs() throws Exception {
    checkout.jdk("jdk-25", "25.0.1");
    Files.createFile(machine.resolve("-Dname=a file in the working folder"));
    checkout.environment.put("SYNCLINE_JAVA_OPTS", "-Xmx64m -Dname=*");
    checkout.environment.put("SYNCLINE_AOT", "off");

    assertEquals(
        List.of(
            "@" + checkout.root.resolve("jvm.options"),
            "-Xmx64m",
            "-Dname=*",
            "-jar",
            checkout.root.resolve("syncline-server-0.1.0.jar").toString(),
            "status"),
        checkout.start("status").said("argument"));
  }

  @Test
  void findsItsFolderThroughLinks() throws Exception {
    Path jdk = checkout.jdk("jdk-25", "25.0.1");
    Path link = Files.createSymbolicLink(machine.resolve("link"), Path.of("my syncline/syncline"));

    assertEquals(List.of(jdk.toString()), checkout.startAs(link).said("home"));
  }

  @Test
  void aDistributionWithoutItsProgramSaysSo() throws Exception {
    checkout.jdk("jdk-25", "25.0.1");
    Files.delete(checkout.root.resolve("syncline-server-0.1.0.jar"));

    var start = checkout.start();

    assertEquals(70, start.exitCode());
    assertEquals(1, start.err().size());
  }
}

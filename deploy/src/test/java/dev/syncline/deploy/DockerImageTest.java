package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The image's recipe. That it builds can only be seen where there is a Docker engine. */
class DockerImageTest {

  private final Dockerfile file = Dockerfile.read();

  @Test
  void runsAsAFixedNumberThatIsNotRoot() {
    assertEquals("10001:10001", file.last("USER"));
    assertEquals(
        file.last("USER").split(":", -1)[0],
        Yaml.text(KubernetesTest.plain().pod(), "securityContext.runAsUser"));
  }

  @Test
  void signalsReachTheServer() {
    // A shell form would put a shell between Docker and the launcher.
    assertEquals("[\"/opt/syncline/syncline\"]", file.last("ENTRYPOINT"));
    assertEquals("[\"serve\"]", file.last("CMD"));
    assertTrue(Checkout.text("syncline").contains("\nexec \"$found/bin/java\""));
  }

  @Test
  void programIsBuiltOnceAndTheRuntimeForEachProcessor() {
    List<String> bases = file.all("FROM");

    assertTrue(bases.getFirst().startsWith("--platform=$BUILDPLATFORM maven:"), bases.getFirst());
    for (String base : bases.subList(1, bases.size())) {
      assertFalse(base.contains("--platform"), base);
    }
    for (String base : bases) {
      assertTrue(base.matches(".*[a-z]:[0-9a-z.-]+( AS [a-z]+)?"), base + " has no version");
      assertFalse(base.contains("alpine"), "tests run on glibc: " + base);
    }
  }

  @Test
  void dataSurvivesInAVolumeThatTheUserOwns() {
    assertEquals(file.variable("DATA_DIR"), file.last("VOLUME"));
    assertTrue(
        file.all("RUN").stream().anyMatch(run -> run.contains("install -d -o 10001 -g 10001")));
  }

  @Test
  void cacheOfLoadedClassesIsPartOfTheImage() {
    assertTrue(file.last("RUN").contains("syncline --version && ls /opt/syncline/*.aot"));
  }

  @Test
  void whatTheBuildReadsIsInItsContext() {
    List<String> context =
        Checkout.text(Dockerfile.PATH + ".dockerignore")
            .lines()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    var needed = new ArrayList<>(List.of("pom.xml", "syncline", "jvm.options"));
    Checkout.text("pom.xml")
        .lines()
        .filter(line -> line.contains("<module>"))
        .map(line -> line.replaceAll(".*<module>(.*)</module>.*", "$1"))
        // Of this module, Maven only wants to see that it exists.
        .forEach(module -> needed.add(module.equals("deploy") ? "deploy/pom.xml" : module));
    file.all("COPY").stream()
        .map(copy -> copy.replaceFirst("^(--\\S+ +)*", "").split(" ", -1)[0])
        .filter(source -> source.startsWith("deploy/"))
        .forEach(needed::add);

    for (String path : needed) {
      assertTrue(context.contains(path), path + " is missing in " + context);
    }
  }
}

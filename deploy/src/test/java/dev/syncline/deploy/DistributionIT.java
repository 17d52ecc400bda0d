package dev.syncline.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine without Maven gets: unpacked, it runs. */
class DistributionIT {

  private static final Pattern VERSION = Pattern.compile("<version>(.*)</version>");
  private static final Pattern JAVA_MODULE = Pattern.compile("-> ((java|jdk)\\.[a-z.]+)");

  private final String name = "syncline-" + version();
  private final Path target = Checkout.file("deploy/target");

  @TempDir private Path folder;

  @Test
  void archivesHoldTheSame() throws IOException {
    Path home = unpack();

    List<String> unpacked;
    try (var files = Files.walk(home)) {
      unpacked =
          files
              .filter(Files::isRegularFile)
              .map(file -> name + "/" + home.relativize(file))
              .sorted()
              .toList();
    }
    try (var zip = new ZipFile(target.resolve(name + ".zip").toFile())) {
      assertEquals(
          unpacked,
          zip.stream()
              .filter(entry -> !entry.isDirectory())
              .map(entry -> entry.getName())
              .sorted()
              .toList());
    }
    for (String file : List.of("README.md", "jvm.options", "deploy/systemd/syncline.service")) {
      assertTrue(unpacked.contains(name + "/" + file), file);
    }
  }

  @Test
  void everythingOnTheProgramsClassPathIsThere() throws IOException {
    Path home = unpack();
    try (var jar =
        new java.util.jar.JarFile(home.resolve("syncline-server-" + version() + ".jar").toFile())) {
      String classPath = jar.getManifest().getMainAttributes().getValue("Class-Path");
      assertEquals(
          List.of(),
          Stream.of(classPath.split(" ", -1))
              .filter(entry -> !Files.exists(home.resolve(entry)))
              .toList());
    }
  }

  @Test
  void launcherRunsWithoutMaven() throws IOException {
    Program.Answer answer =
        new Program(unpack().resolve("syncline").toString())
            .run(Map.of("SYNCLINE_AOT", "off"), List.of("--version"));

    answer.mustBe(0);
    assertTrue(answer.output().contains(version()), answer.output());
  }

  @Test
  void imageHasEveryModuleThatTheProgramUses() throws IOException {
    Path home = unpack();
    String lib = home.resolve("lib").toString();
    try (var jars = Files.list(home.resolve("lib"))) {
      var arguments =
          Stream.concat(
                  Stream.of("-s", "--ignore-missing-deps", "--multi-release", "25"),
                  Stream.concat(
                      Stream.of("--module-path", lib),
                      Stream.concat(
                          jars.map(Path::toString),
                          Stream.of(home + "/syncline-server-" + version() + ".jar"))))
              .toArray(String[]::new);
      String jdeps = Path.of(System.getProperty("java.home"), "bin", "jdeps").toString();
      var used =
          JAVA_MODULE
              .matcher(new Program(jdeps).run(arguments).mustBe(0).output())
              .results()
              .map(module -> module.group(1))
              .collect(Collectors.toCollection(TreeSet::new));

      assertTrue(used.contains("java.base"), used.toString());
      used.removeAll(Dockerfile.read().modules());
      assertEquals(List.of(), List.copyOf(used));
    }
  }

  private Path unpack() {
    Program.ofDebian("tar", "tar")
        .run("-xzf", target.resolve(name + ".tar.gz").toString(), "-C", folder.toString())
        .mustBe(0);
    return folder.resolve(name);
  }

  private static String version() {
    return VERSION.matcher(Checkout.text("pom.xml")).results().findFirst().orElseThrow().group(1);
  }
}

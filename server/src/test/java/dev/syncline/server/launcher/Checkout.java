package dev.syncline.server.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder with our script, a few sources, and a machine around it that the test makes up. */
final class Checkout {
  private static final Instant SOURCES_WRITTEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant BUILT = Instant.parse("2026-01-02T00:00:00Z");
  static final Instant AFTER_THE_BUILD = Instant.parse("2026-01-03T00:00:00Z");

  private final Path machine;
  final Path root;
  final Map<String, String> environment = new HashMap<>();

  Checkout(Path machine) throws IOException {
    this.machine = machine;
    // A space, since people have them in the names of their folders.
    root = machine.resolve("my syncline");
    Files.createDirectories(root);
    for (String file : List.of("syncline", "jvm.options")) {
      Files.copy(Path.of("..", file), root.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
      touch(file, SOURCES_WRITTEN);
    }
    environment.put("PATH", StandIns.path(machine.resolve("bin")).toString());
    environment.put("HOME", machine.toString());
    environment.put("SYNCLINE_JDKS", machine.resolve("jdks").toString());
  }

  /** With sources and a Maven, and not built yet. */
  Checkout withSources() throws IOException {
    for (String file :
        List.of(
            "pom.xml",
            "core/pom.xml",
            "core/src/main/java/Core.java",
            "server/pom.xml",
            "server/src/main/java/Server.java",
            "server/src/test/java/ServerTest.java")) {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), "source");
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(SOURCES_WRITTEN));
      }
    }
    StandIns.maven(machine.resolve("bin/mvn"), root);
    return this;
  }

  Checkout built() throws IOException {
    return withProgram("server/target/syncline-server-0.1.0.jar");
  }

  /** As it is unpacked from a distribution: no sources, and the program beside the script. */
  Checkout asDistribution() throws IOException {
    return withProgram("syncline-server-0.1.0.jar");
  }

  Path jdk(String name, String version) throws IOException {
    return StandIns.jdk(machine.resolve("jdks").resolve(name), version);
  }

  /** A JDK where the script finds it only if it is told. */
  Path hiddenJdk(String version) throws IOException {
    return StandIns.jdk(machine.resolve("hidden/jdk-" + version), version);
  }

  void onPath(Path jdk) throws IOException {
    Files.createSymbolicLink(machine.resolve("bin/java"), jdk.resolve("bin/java"));
  }

  void withoutMaven() throws IOException {
    Files.delete(machine.resolve("bin/mvn"));
  }

  void touch(String file, Instant time) throws IOException {
    Files.setLastModifiedTime(root.resolve(file), FileTime.from(time));
  }

  /** What Maven was asked, a line each time. */
  List<String> builds() throws IOException {
    Path log = root.resolve("mvn.log");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  Start start(String... arguments) throws IOException {
    return startAs(root.resolve("syncline"), arguments);
  }

  Start startAs(Path script, String... arguments) throws IOException {
    Path out = Files.createTempFile(machine, "out", "");
    Path err = Files.createTempFile(machine, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList())
            .directory(machine.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Start(builder.start(), out, err);
  }

  private Checkout withProgram(String name) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), "program");
    touch(name, BUILT);
    return this;
  }

  /** A start of the script; what it prints is what the JVM that it became prints. */
  record Start(Process process, Path outFile, Path errFile) {

    int exitCode() throws InterruptedException {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("does not end");
      }
      return process.exitValue();
    }

    List<String> out() throws IOException, InterruptedException {
      exitCode();
      return Files.readAllLines(outFile);
    }

    List<String> err() throws IOException, InterruptedException {
      exitCode();
      return Files.readAllLines(errFile);
    }

    /** What followed this word: {@code home}, {@code pid} or {@code argument}. */
    List<String> said(String word) throws IOException, InterruptedException {
      return out().stream()
          .filter(line -> line.startsWith(word + " "))
          .map(line -> line.substring(word.length() + 1))
          .toList();
    }

    void awaitLine(Path file, String text) throws IOException, InterruptedException {
      while (!Files.readString(file).contains(text)) {
        if (!process.isAlive()) {
          throw new AssertionError("ended without: " + text + "\n" + Files.readString(errFile));
        }
        Thread.sleep(10); // The script has no other way to tell us.
      }
    }
  }
}

package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Applied.Result;
import dev.syncline.testkit.MapSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A folder's {@code .synclineignore} files. */
final class IgnoreTest extends FolderStage {

  private static final int ROUNDS = Boolean.getBoolean("syncline.full") ? 200 : 12;

  @Test
  void whatIsIgnoredAndNotInTheBaseIsNotSeen() {
    try (var endpoint = open()) {
      folder().write(".synclineignore", "*.log\n/build/\n!keep.log\n");
      folder().write("a.log", "x");
      folder().write("deep/b.log", "x");
      folder().write("keep.log", "kept");
      folder().write("build/out", "x");
      folder().write("src/build/out", "seen");
      folder().write("src/.synclineignore", "*.tmp\n!*.log\n");
      folder().write("src/c.log", "had back");
      folder().write("src/d.tmp", "x");
      folder().write("e.tmp", "seen");
      var expected =
          Map.of(
              ".synclineignore", "+*.log\n/build/\n!keep.log\n",
              "src/.synclineignore", "+*.tmp\n!*.log\n",
              "keep.log", "+kept",
              "src/build/out", "+seen",
              "src/c.log", "+had back",
              "e.tmp", "+seen");
      assertEquals(expected, texts(look(endpoint, MapSnapshot.EMPTY)));
      assertEquals(
          Map.of(),
          texts(lookAt(endpoint, MapSnapshot.EMPTY, "a.log", "build", "build/out", "deep/b.log")));
      assertEquals(
          Map.of("src/c.log", "+had back"),
          texts(lookAt(endpoint, MapSnapshot.EMPTY, "src/c.log", "src/d.tmp")));
    }
  }

  @Test
  void whatIsIgnoredAndInTheBaseStaysOnBothSides() {
    try (var endpoint = open()) {
      folder().write("a.log", "one");
      folder().write("b.log", "two");
      folder().write("logs/c", "three");
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      folder().write(".synclineignore", "*.log\nlogs/\n");
      folder().write("a.log", "changed");
      folder().remove("b.log");
      folder().remove("logs/c");
      var expected = Map.of(".synclineignore", "+*.log\nlogs/\n");
      assertEquals(expected, texts(look(endpoint, base)));
      assertEquals(Map.of(), texts(lookAt(endpoint, base, "a.log", "b.log", "logs/c", "logs")));
      var results =
          deliver(
                  endpoint,
                  Map.of(
                      "a.log", modify("one", "ours"), "b.log", removal("two"), "new.log", add("x")))
              .results();
      for (var result : results.values()) {
        assertTrue(assertInstanceOf(Result.Refused.class, result).reason().contains("left alone"));
      }
      assertEquals(Optional.of("changed"), folder().read("a.log"));
      try (var restarted = open()) {
        assertEquals(expected, texts(look(restarted, base)));
      }
    }
  }

  @Test
  void otherRulesCountFromTheNextLook() {
    try (var endpoint = open()) {
      folder().write("sub/.synclineignore", "a\n");
      folder().write("sub/a", "one");
      folder().write("sub/b", "two");
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      folder().write("sub/.synclineignore", "# nothing\n");
      assertEquals(
          Map.of("sub/.synclineignore", "~# nothing\n", "sub/a", "+one"),
          texts(lookAt(endpoint, base, "sub/.synclineignore")),
          "a hint at the rules is one at all that they speak of");
      folder().write("sub/.synclineignore", "b\n");
      folder().remove("sub/b");
      assertEquals(
          Map.of("sub/.synclineignore", "~b\n", "sub/a", "+one"), texts(look(endpoint, base)));
      folder().remove("sub/.synclineignore");
      assertEquals(
          Map.of("sub/.synclineignore", "-a\n", "sub/a", "+one", "sub/b", "-two"),
          texts(look(endpoint, base)));
    }
  }

  @Test
  void aPatternThatIsMadeToTakeForEverDoesNot() {
    var file =
        IgnoreFile.of(
            new FileStat(FileStat.Kind.FILE, 0, 0, 0, 0, false),
            "*a*a*a*a*a*a*a*a*a*a*a*a*b\n**/a/**/a/**/a/**/a/**/a/**/b\n");
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          assertEquals(
              Optional.empty(), file.effectOn(List.of("a".repeat(5_000)), FileStat.Kind.FILE));
          assertEquals(
              Optional.empty(), file.effectOn(Collections.nCopies(1_000, "a"), FileStat.Kind.FILE));
        });
  }

  @Test
  void patternsMeanWhatTheyMeanToGit() throws Exception {
    long seed = Boolean.getBoolean("syncline.full") ? System.nanoTime() : 815;
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Path root = Files.createDirectory(directory.resolve("git" + round));
      var all = makeFiles(root, random);
      String rules = rules(random);
      String nested = rules(random);
      Files.writeString(root.resolve(".gitignore"), rules);
      Files.writeString(root.resolve("a/.gitignore"), nested);
      var ignored = new IgnoreRules(Optional.empty());
      for (String where : List.of("", "a")) {
        Path folder = root.resolve(where);
        Path file = folder.resolve(IgnoreFile.NAME);
        Files.writeString(file, where.isEmpty() ? rules : nested);
        ignored.look(where, folder, FileStat.ifThere(file));
        Files.delete(file);
      }
      var ours = new TreeSet<String>();
      all.stream().filter(ignored::ignoresOrIsUnder).forEach(ours::add);
      assertEquals(
          ignoredByGit(root, all),
          ours,
          () -> "seed " + seed + ", rules:\n" + rules + "--- in a:\n" + nested);
    }
  }

  private static List<String> makeFiles(Path root, Random random) throws IOException {
    String[] names = {"a", "b", "ab", "a.b", "[a]", "b c", "!a", "#b", "a\\b", "x-1", "**"};
    var all = new ArrayList<String>();
    Files.createDirectories(root.resolve("a"));
    for (int i = 0; i < 60; i++) {
      var path = new StringBuilder();
      for (int depth = random.nextInt(1, 5); depth > 0; depth--) {
        path.append(path.isEmpty() ? "" : "/").append(names[random.nextInt(names.length)]);
      }
      Path file = root.resolve(path.toString());
      try {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "");
        all.add(path.toString());
      } catch (IOException _) {
        // It is a folder, or in a file.
      }
    }
    return all;
  }

  private static String rules(Random random) {
    String[] segments = {
      "a",
      "b",
      "ab",
      "b c",
      "*",
      "?",
      "**",
      "a*",
      "*b",
      "[ab]",
      "[!a]",
      "[a-c]*",
      "a.b",
      "*.b",
      "\\!a",
      "\\#b",
      "x-[[:digit:]]",
      "???",
      "\\[a\\]",
      "[[]*",
      "[]a]",
      "a\\\\b",
      "*\\\\*",
      "\\*\\*"
    };
    var rules = new StringBuilder("# rules\n\n");
    for (int line = random.nextInt(1, 9); line > 0; line--) {
      rules.append(random.nextInt(4) == 0 ? "!" : "").append(random.nextInt(3) == 0 ? "/" : "");
      for (int count = random.nextInt(1, 4); count > 0; count--) {
        rules.append(segments[random.nextInt(segments.length)]).append(count > 1 ? "/" : "");
      }
      rules.append(random.nextInt(3) == 0 ? "/" : "").append(random.nextInt(3) == 0 ? "  " : "");
      rules.append('\n');
    }
    return rules.toString();
  }

  private static Set<String> ignoredByGit(Path root, List<String> all) throws Exception {
    git(root, "init", "-q");
    var process =
        builder(root, "check-ignore", "-z", "--stdin", "--no-index", "-v", "-n")
            .redirectErrorStream(true)
            .start();
    try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String path : all) {
        in.write(path + "\0");
      }
    }
    String[] said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\0", -1);
    process.waitFor();
    var ignored = new TreeSet<String>();
    for (int i = 0; i + 3 < said.length; i += 4) {
      // source, line, pattern, path: one that a ! brings back is shown as well
      if (!said[i + 2].isEmpty() && !said[i + 2].startsWith("!")) {
        ignored.add(said[i + 3]);
      }
    }
    return ignored;
  }

  private static void git(Path root, String... arguments) throws Exception {
    assertEquals(0, builder(root, arguments).inheritIO().start().waitFor());
  }

  private static ProcessBuilder builder(Path root, String... arguments) {
    var builder =
        new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList())
            .directory(root.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
    builder.environment().put("LC_ALL", "C.UTF-8");
    return builder;
  }

  @Test
  void anIgnoreFileThatCannotBeReadHidesNothing() throws IOException {
    try (var endpoint = open()) {
      folder().write("sub/a", "one");
      folder().write("sub/.synclineignore", "x".repeat(2 << 20));
      var observed = look(endpoint, base(Map.of("sub/b", "two")));
      assertEquals(Map.of(), texts(observed));
      assertEquals(Set.of(new FilePath("sub")), observed.unseen().keySet());
    }
  }
}

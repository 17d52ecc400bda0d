package dev.syncline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every promise of docs/specification.md names tests, and they exist. */
final class SpecificationTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern PROMISE = Pattern.compile("(?m)^- \\*\\*(\\d+\\.\\d+)");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))\\.(\\w+)`");

  /** What is said only so that nobody expects it. */
  private static final List<String> UNTESTED = List.of("5.3");

  @Test
  void everyPromiseNamesATestThatExists() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/specification.md"));
    Map<String, String> sources = sources();
    var wrong = new ArrayList<String>();
    int promises = 0;
    for (String part : text.split("(?m)(?=^- \\*\\*\\d)|(?=^#)", -1)) {
      var promise = PROMISE.matcher(part);
      if (!promise.lookingAt()) {
        continue;
      }
      promises++;
      var tests = TEST.matcher(part).results().toList();
      if (tests.isEmpty() != UNTESTED.contains(promise.group(1))) {
        wrong.add(promise.group(1) + " names no test");
      }
      for (var test : tests) {
        String source = sources.getOrDefault(test.group(1), "");
        if (!source.contains("void " + test.group(2) + "(")) {
          wrong.add(promise.group(1) + ": there is no " + test.group(1) + "." + test.group(2));
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(promises > 30, "only " + promises + " promises were found");
  }

  /** The sources of all tests by the names of their classes. */
  private static Map<String, String> sources() throws IOException {
    var sources = new HashMap<String, String>();
    for (String folder :
        List.of("core/src/test", "testkit/src/main", "testkit/src/test", "server/src/test")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String name = String.valueOf(file.getFileName());
          sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
        }
      }
    }
    return sources;
  }
}

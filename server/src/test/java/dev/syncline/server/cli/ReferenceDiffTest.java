package dev.syncline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code syncline reference diff} says of files and folders. */
final class ReferenceDiffTest {

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(folder);
  }

  @Test
  void peopleReadWhatDiffers() {
    write("a.json", "{\"new\": {}, \"m\": {\"v\": 1.0, \"x\": {\"y\": null}}, \"z\": 1}");
    write("b.json", "{\"z\": 1.0, \"m\": {\"v\": 2, \"x\": {}}, \"old\\u001b[31m\": 1}");
    assertEquals(
        new Shell.Ended(
            ExitCode.DRIFT,
            """
            a: 1 added, 1 removed, 1 modified; the records stand in another order
              + new
              - old\\u001b[31m
              ~ m
                  /v  2 → 1.0
                  /x/y  (missing) → null
            Drift in 1 of 1 category: 1 added, 1 removed, 1 modified.
            """,
            ""),
        diff("a.json", "b.json"));
    String coloured = diff("a.json", "b.json", "--color").out();
    assertTrue(coloured.contains("\u001b[32m+ new\u001b[0m"), coloured);
    assertTrue(coloured.contains("/v  \u001b[31m2\u001b[0m → \u001b[32m1.0\u001b[0m"), coloured);
  }

  @Test
  void programsReadAllThatDiffers() {
    write(
        "a.json",
        "{\"q\\\"\\u00e9\": 1, \"m\": {\"big\": 123456789012345678901234567890, \"t\": [\"\\t\"]}}");
    write("b.json", "\ufeff{\r\n\t\"m\": {\r\n\t\t\"big\": 1e3,\r\n\t\t\"n\": null}, \"o\": []}");
    Shell.Ended ended = diff("a.json", "b.json", "--json", "--category", "models");
    assertEquals(ExitCode.DRIFT, ended.code());
    assertEquals(
        JsonMapper.shared()
            .readTree(
                """
                {"categories": {"models": {
                  "added": ["q\\"é"],
                  "removed": ["o"],
                  "modified": [{"key": "m", "fields": [
                    {"path": "/big", "old": 1e3, "new": 123456789012345678901234567890},
                    {"path": "/t", "new": ["\\t"]},
                    {"path": "/n", "old": null}]}],
                  "reordered": false,
                  "counts": {"added": 1, "removed": 1, "modified": 1, "total": 3}}}}
                """),
        JsonMapper.shared().readTree(ended.out()));
    assertTrue(ended.out().contains("123456789012345678901234567890"), ended.out());
  }

  @Test
  void theWayThingsAreWrittenIsNoDrift() {
    write("a.json", "{\"b\": {\"x\": 1, \"y\": \"é\"}, \"a\": 1}");
    write("b.json", "{\r\n\t\"a\" : 1.0,\r\n  \"b\":{\"y\":\"\\u00E9\", \"x\":10E-1}\r\n}\r\n");
    assertEquals(
        new Shell.Ended(
            ExitCode.OK,
            "a: no drift; the records stand in another order\nNo drift in 1 category.\n",
            ""),
        diff("a.json", "b.json"));
    write("c.csv", "name,tags\r\nx,\"a,b\"\r\ny,\r\n");
    write("d.csv", "name,tags\nx,\"a,b\"\ny,\"\"\n");
    assertEquals(ExitCode.OK, diff("c.csv", "d.csv").code());
  }

  @Test
  void foldersAreComparedByCategory() {
    write("s/one.json", "{\"a\": 1}");
    write("s/two.csv", "id,v\n1,x\n");
    write("s/new.json", "[{\"id\": 1}, {\"id\": 2}]");
    write("s/README.md", "no category");
    write("t/one.json", "{\"a\": 2}");
    write("t/two.csv", "id,v\n1,x\n");
    write("t/old.json", "{}");
    Shell.Ended ended = diff("s", "t", "--json", "--id", "id");
    assertEquals(ExitCode.DRIFT, ended.code());
    JsonNode categories = JsonMapper.shared().readTree(ended.out()).path("categories");
    assertEquals("[new, old, one, two]", categories.propertyNames().toString());
    assertEquals("[\"1\",\"2\"]", categories.path("new").path("added").toString());
    assertEquals(
        """
        syncline: the category new is not in the target, t
        syncline: the category old is not in the source, s
        """,
        ended.err());
    assertEquals(ExitCode.OK, diff("s", "t", "--category", "two").code());
    assertEquals(
        "one: 0 added, 0 removed, 1 modified",
        diff("s", "t/one.json").out().lines().toList().get(0));
    assertEquals(ExitCode.DRIFT, diff("s/one.json", "t", "--category", "one").code());
    Shell.Ended unknown = diff("s", "t", "--category", "three");
    assertEquals(ExitCode.SOURCE, unknown.code());
    assertEquals("syncline: neither s nor t has the category three\n", unknown.err());
    write("s/one.csv", "a\n");
    assertTrue(diff("s", "t").err().contains("two files of the category one"));
  }

  @Test
  void rulesSayWhatIsNoDrift() {
    write("a.json", "[{\"id\": 1, \"at\": 1, \"tags\": [1, 2]}]");
    write("b.json", "[{\"id\": 1, \"at\": 2, \"tags\": [2, 1]}]");
    String[] rules = {"a.json", "b.json", "--id=id", "--ignore", "at", "--unordered", "/tags"};
    assertEquals(
        new Shell.Ended(ExitCode.OK, "a: no drift\nNo drift in 1 category.\n", ""), diff(rules));
    assertEquals(ExitCode.DRIFT, diff("a.json", "b.json", "--id=id", "--ignore", "at").code());
  }

  @Test
  void whatIsOddIsSaid() {
    write("a.csv", "name,v\n" + "x,1\n".repeat(105));
    write("b.csv", "name,v\nx,1\n");
    Shell.Ended ended = diff("a.csv", "b.csv");
    assertEquals(ExitCode.OK, ended.code());
    assertEquals(101, ended.err().lines().count());
    assertTrue(
        ended.err().startsWith("syncline: a.csv has the record `x` more than once: the last one"));
    assertTrue(ended.err().endsWith("syncline: … and 4 more like these\n"), ended.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ^^              | a.json is empty: an empty set of records is {} or []: line 1, column 1
          ^<!doctype html>^ | a.json is a page (HTML or XML) and no JSON: line 1, column 1
          ^{"a": {"b"^    | a.json ends in the middle of its data, as if cut off: line 1, column 11
          ^[{"id": 1}]^   | a.json is an array: say which field identifies a record, such as id: line 1, column 1
          """)
  void unusableDataIsRefused(String text, String sentence) {
    write("a.json", text);
    write("b.json", "{}");
    assertEquals(
        new Shell.Ended(ExitCode.SOURCE, "", "syncline: " + sentence + "\n"),
        without(diff("a.json", "b.json")));
    assertEquals(ExitCode.SOURCE, diff("b.json", "a.json").code());
  }

  @Test
  void theOthersGoOn() {
    write("s/a.json", "");
    write("s/b.json", "{\"x\": 1}");
    write("t/a.json", "{}");
    write("t/b.json", "{}");
    Shell.Ended ended = diff("s", "t");
    assertEquals(ExitCode.SOURCE, ended.code());
    assertTrue(ended.out().startsWith("b: 1 added, 0 removed, 0 modified\n"), ended.out());
    assertTrue(ended.err().startsWith("syncline: a.json is empty"), ended.err());
  }

  @Test
  void aCommandThatIsWrongIsNotMistakenForDrift() {
    for (String[] args : new String[][] {{}, {"a"}, {"a", "b", "c"}, {"a", "b", "--nonsense"}}) {
      Shell.Ended ended = diff(args);
      assertEquals(ExitCode.ASKED_WRONGLY, ended.code(), ended.err());
      assertEquals(4, ended.code().number());
    }
    assertEquals(ExitCode.ASKED_WRONGLY, shell.run("reference").code());
    Shell.Ended missing = diff("gone.json", "b.json");
    assertEquals(
        new Shell.Ended(ExitCode.SOURCE, "", "syncline: there is no file or folder gone.json\n"),
        missing);
  }

  @Test
  void longListsAndTextsAreCutForPeople() {
    write("a.json", "{" + numbered(60, "1") + ", \"t\": \"" + "x".repeat(300) + "1" + "\"}");
    write("b.json", "{\"t\": \"" + "x".repeat(300) + "2" + "\"}");
    String out = diff("a.json", "b.json").out();
    assertTrue(out.contains("  … and 10 more added (--json names all)\n"), out);
    assertTrue(out.contains("(the record)  …xxxxxxxxxxxxxxxxxxxx2\" → …"), out);
    assertFalse(out.lines().anyMatch(line -> line.length() > 300), out);
    assertEquals(
        60,
        JsonMapper.shared()
            .readTree(diff("a.json", "b.json", "--json").out())
            .at("/categories/a/added")
            .size());
  }

  private static String numbered(int count, String value) {
    return String.join(
        ", ",
        Stream.iterate(0, i -> i + 1).limit(count).map(i -> "\"k" + i + "\": " + value).toList());
  }

  /** Its problems alone: a report ends all the same. */
  private static Shell.Ended without(Shell.Ended ended) {
    assertEquals("No drift in 0 categories; 1 category can't be compared.\n", ended.out());
    return new Shell.Ended(ended.code(), "", ended.err());
  }

  private Shell.Ended diff(String... args) {
    return shell.run(
        Stream.concat(Stream.of("reference", "diff"), Stream.of(args)).toArray(String[]::new));
  }

  private void write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

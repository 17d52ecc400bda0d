package dev.syncline.core.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What differs between two sets of records, and what doesn't. */
final class RecordComparisonTest {

  private static final String MISSING = "missing";

  @Test
  void recordsAreAddedRemovedAndModifiedByTheirKeys() {
    Differences differences =
        Compared.PLAIN.json(
            "{\"new\": {\"x\": 1}, \"same\": {\"x\": 1}, \"other\": {\"x\": 2, \"y\": [1]}}",
            "{\"same\": {\"x\": 1}, \"other\": {\"x\": 1, \"z\": null}, \"old\": 3}");
    assertEquals(List.of("new"), differences.added());
    assertEquals(List.of("old"), differences.removed());
    assertEquals(
        List.of(
            new RecordChange(
                "other",
                List.of(
                    change("/x", "1", "2"),
                    change("/y", MISSING, "[1]"),
                    change("/z", "null", MISSING)))),
        differences.modified());
    assertEquals(new Differences.Counts(1, 1, 1), differences.counts());
    assertEquals(3, differences.counts().total());
    assertFalse(differences.reordered());
    assertFalse(differences.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"x\":1.0,\"y\":\"\\u00e9\\/\\ud83d\\ude00\"}}",
        "\ufeff{ \"\\u0061\" : {\r\n\t\"y\" : \"é/😀\" ,\r\n\t\"x\" : 10e-1 } } \r\n",
        "{\"a\":{\"y\":\"é/😀\",\"x\":0.1E+1}}"
      })
  void theWayItIsWrittenSaysNothing(String text) {
    Differences differences = Compared.PLAIN.json(text, "{\"a\": {\"x\": 1, \"y\": \"é/😀\"}}\n");
    assertTrue(differences.isEmpty(), differences.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "\"1\"",
        "null",
        "[1]",
        "{}",
        "-1",
        "10",
        "1.0000000000000000000000000001",
        "1e400",
        "-0",
        "0",
        "[[1]]",
        "\"\"",
        "[]",
        "false",
        "{\"v\":1}"
      })
  void otherValuesDiffer(String other) {
    Differences differences =
        Compared.PLAIN.json("{\"a\":{\"v\":1}}", "{\"a\":{\"v\":" + other + "}}");
    assertEquals(
        List.of(new RecordChange("a", List.of(change("/v", other, "1")))), differences.modified());
  }

  @Test
  void hugeNumbersAreComparedExactly() {
    String huge = "123456789012345678901234567890123456789";
    assertTrue(Compared.PLAIN.json("{\"a\":" + huge + "000}", "{\"a\":" + huge + "e3}").isEmpty());
    assertFalse(Compared.PLAIN.json("{\"a\":" + huge + "1}", "{\"a\":" + huge + "2}").isEmpty());
    assertTrue(Compared.PLAIN.json("{\"a\":[0,-0.0,100]}", "{\"a\":[0e5,-0,1e2]}").isEmpty());
  }

  @Test
  void missingIsNotNull() {
    assertEquals(
        List.of(change("/x", MISSING, "null")),
        onlyChange(Compared.PLAIN, "{\"a\":{\"x\":null}}", "{\"a\":{}}"));
  }

  @Test
  void theOrderOfListsCountsUnlessTheyAreSets() {
    String source = "{\"a\":{\"tags\":[\"x\",\"y\",\"y\"],\"in\":{\"deep\":[[1,2],[3]]}}}";
    String target = "{\"a\":{\"tags\":[\"y\",\"x\",\"y\"],\"in\":{\"deep\":[[3],[1,2]]}}}";
    assertEquals(
        List.of("/tags", "/in/deep/0", "/in/deep/1"),
        paths(onlyChange(Compared.PLAIN, source, target)));
    assertEquals(
        List.of("/tags"), paths(onlyChange(Compared.PLAIN.unordered("/in/deep"), source, target)));
    assertTrue(Compared.PLAIN.unordered("tags", "/in/deep").json(source, target).isEmpty());
    assertEquals(
        List.of(change("/tags", "[\"y\",\"x\"]", "[\"x\",\"y\",\"y\"]")),
        onlyChange(
            Compared.PLAIN.unordered("tags"),
            "{\"a\":{\"tags\":[\"x\",\"y\",\"y\"]}}",
            "{\"a\":{\"tags\":[\"y\",\"x\"]}}"));
  }

  @Test
  void someFieldsAreNotLookedAt() {
    String source = "{\"a\":{\"at\":1,\"f\":[{\"md5\":1,\"p\":2}],\"x/y~\":1},\"b\":{\"at\":3}}";
    String target = "{\"a\":{\"at\":2,\"f\":[{\"md5\":2,\"p\":2}]},\"b\":{}}";
    assertTrue(Compared.PLAIN.ignoring("at", "/f/md5", "x/y~").json(source, target).isEmpty());
    assertTrue(Compared.PLAIN.ignoring("at", "/f", "/x~1y~0").json(source, target).isEmpty());
    assertEquals(
        List.of("/f/0/md5", "/x~1y~0"),
        paths(onlyChange(Compared.PLAIN.ignoring("at"), source, target)));
  }

  @Test
  void listsOfObjectsAreLookedInto() {
    assertEquals(
        List.of(change("/files/1/sha", "2", "3")),
        onlyChange(
            Compared.PLAIN,
            "{\"a\":{\"files\":[{\"sha\":1},{\"sha\":3}]}}",
            "{\"a\":{\"files\":[{\"sha\":1},{\"sha\":2}]}}"));
    assertEquals(
        List.of("/files"),
        paths(
            onlyChange(
                Compared.PLAIN,
                "{\"a\":{\"files\":[{\"sha\":1},{\"sha\":3}]}}",
                "{\"a\":{\"files\":[{\"sha\":1}]}}")));
  }

  @Test
  void whatBothHaveMayStandInAnotherOrder() {
    assertFalse(
        Compared.PLAIN.json("{\"n\":0,\"a\":1,\"b\":1}", "{\"a\":1,\"o\":1,\"b\":1}").reordered());
    Differences differences = Compared.PLAIN.json("{\"a\":1,\"b\":1}", "{\"b\":1,\"a\":1}");
    assertTrue(differences.reordered());
    assertEquals(0, differences.counts().total());
    assertFalse(differences.isEmpty());
  }

  @Test
  void anArrayIsOrderedByAField() {
    Differences differences =
        Compared.by("id")
            .json(
                "[{\"id\":\"a\",\"x\":1},{\"x\":1,\"id\":7}]",
                "[{\"id\":\"a\",\"x\":2},{\"id\":\"é\"},{\"x\":1,\"id\":7}]");
    assertEquals(List.of("é"), differences.removed());
    assertEquals(
        List.of(new RecordChange("a", List.of(change("/x", "2", "1")))), differences.modified());
    assertEquals(List.of("7"), Compared.by("id").json("[{\"id\":7}]", "[]").added());
  }

  @Test
  void rowsOfCsvAreRecordsOfText() {
    Differences differences =
        Compared.PLAIN.csv(
            "name,n,text\r\na,1,\"x, \"\"y\"\"\r\nz\"\r\nb,2,\r\n\r\nc,3,q\r\n",
            "\ufeffname,text,n\nc,q,3.0\nb,,2\na,\"x, \"\"y\"\"\r\nz\",1\nd\n");
    assertEquals(List.of(), differences.added());
    assertEquals(List.of("d"), differences.removed());
    assertEquals(
        List.of(new RecordChange("c", List.of(change("/n", "\"3.0\"", "\"3\"")))),
        differences.modified());
    assertTrue(differences.reordered());
    assertEquals(
        List.of(change("/b", MISSING, "\"\"")),
        onlyChange(Compared.by("a"), "a,b\nx,", "a,b\nx\n", "csv"));
    assertTrue(
        Compared.by("id")
            .files("s.csv", "t,id\nx,7\n", "t.json", "[{\"id\":\"7\",\"t\":\"x\"}]")
            .isEmpty());
  }

  @Test
  void ofRepeatedKeysAndFieldsTheLastCounts() {
    Differences differences =
        Compared.PLAIN.json(
            "{\"a\":{\"x\":1},\"b\":2,\"\\u0061\":{\"x\":9,\"x\":3}}", "{\"a\":{\"x\":3},\"b\":2}");
    assertTrue(differences.isEmpty(), differences.toString());
    assertEquals(
        List.of(
            "source.json has the record `a` more than once: the last one counts",
            "source.json has a field of `a` more than once: the last one counts"),
        differences.problems().stream().map(RecordProblem::sentence).toList());
    String many = fields(40) + ",\"f7\":\"last\"";
    assertEquals(
        List.of(change("/f7", "7", "\"last\"")),
        onlyChange(Compared.PLAIN, "{\"a\":{" + many + "}}", "{\"a\":{" + fields(40) + "}}"));
    Differences rows = Compared.PLAIN.csv("k,v\na,1\na,2\n", "k,v\na,2\n");
    assertTrue(rows.isEmpty());
    assertEquals(1, rows.problems().size());
    assertEquals(
        List.of("1"),
        Compared.by("id").json("[{\"id\":1},{\"id\":1}]", "[{\"id\":1}]").problems().stream()
            .map(RecordProblem::key)
            .toList());
  }

  @Test
  void listsAreCutWhereOneWants() {
    RecordSet source = RecordSet.of("s", "{\"a\":1,\"b\":1,\"c\":2}".getBytes(UTF_8), form());
    RecordSet target = RecordSet.of("t", "{\"c\":1,\"d\":1,\"e\":1}".getBytes(UTF_8), form());
    Differences differences = RecordComparison.of(source, target, RecordRules.NONE).differences(1);
    assertEquals(List.of("a"), differences.added());
    assertEquals(List.of("d"), differences.removed());
    assertEquals(new Differences.Counts(2, 2, 1), differences.counts());
    assertEquals(2, differences.omitted());
  }

  private static RecordForm form() {
    return new RecordForm.Json(Optional.empty());
  }

  private static String fields(int count) {
    var fields = new StringBuilder("\"f0\":0");
    for (int i = 1; i < count; i++) {
      fields.append(",\"f").append(i).append("\":").append(i);
    }
    return fields.toString();
  }

  private static List<FieldChange> onlyChange(Compared compared, String source, String target) {
    return onlyChange(compared, source, target, "json");
  }

  private static List<FieldChange> onlyChange(
      Compared compared, String source, String target, String ending) {
    Differences differences = compared.files("s." + ending, source, "t." + ending, target);
    assertEquals(new Differences.Counts(0, 0, 1), differences.counts());
    return differences.modified().getFirst().fields();
  }

  private static List<String> paths(List<FieldChange> changes) {
    return changes.stream().map(FieldChange::path).toList();
  }

  private static FieldChange change(String path, String old, String current) {
    return new FieldChange(
        path,
        Optional.of(old).filter(text -> !text.equals(MISSING)),
        Optional.of(current).filter(text -> !text.equals(MISSING)));
  }
}

package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of merging JSON by field. */
final class JsonMergeTest {

  @Test
  void takesWhatOnlyOneSideChanged() {
    assertClean("{'a':2,'b':3}", "{'a':1,'b':2}", "{'a':2,'b':2}", "{'a':1,'b':3}");
    assertClean(
        "{'a':{'x':2,'y':3}}", "{'a':{'x':1,'y':1}}", "{'a':{'x':2,'y':1}}", "{'a':{'x':1,'y':3}}");
  }

  @Test
  void takesOnceWhatBothSidesChangedAlike() {
    assertClean("{'a': 2,'b':3}", "{'a':1,'b':2}", "{'a': 2,'b':2}", "{'a':2.0,'b':3}");
    assertClean("{'n':1,'c':3}", "{'c':2}", "{'n':1,'c':2}", "{'n':1,'c':3}");
  }

  @Test
  void differentChangesOfAFieldClash() {
    assertClash(List.of("/a"), "{'a':1}", "{'a':2}", "{'a':3}");
    assertClash(
        List.of("/a/x", "/b"), "{'a':{'x':1},'b':1}", "{'a':{'x':2},'b':2}", "{'a':{'x':3},'b':3}");
    assertClash(List.of("/a"), "{}", "{'a':2}", "{'a':3}");
    assertClash(List.of("/a"), "{'a':1}", "{'a':{}}", "{'a':[]}");
    assertClash(List.of("/a"), "{'a':1}", "{'a':{'x':1}}", "{'a':{'y':1}}");
    assertClash(List.of(""), "1", "2", "3");
  }

  @Test
  void pathsAreJsonPointers() {
    assertClash(
        List.of("/a~1b/~0/"),
        "{'a/b':{'~':{'':1}}}",
        "{'a/b':{'~':{'':2}}}",
        "{'a/b':{'~':{'':3}}}");
    assertClash(List.of("/\u00fc"), "{'\u00fc':1}", "{'\\u00fc':2}", "{'\u00fc':3}");
  }

  @Test
  void pathsOfManyOrLongClashesAreBounded() {
    String many =
        IntStream.range(0, 5000)
            .mapToObj(i -> "'" + i + "':#")
            .collect(Collectors.joining(",", "{", "}"));
    var clash = assertInstanceOf(JsonOutcome.Clash.class, three(many));
    assertEquals(100, clash.paths().size());
    String deep = "{'a':{'" + "b".repeat(2000) + "':{'c':#}}}";
    assertEquals(new JsonOutcome.Clash(List.of("/a")), three(deep));
  }

  @Test
  void deletionIsTakenFromEitherSide() {
    assertClean("{'b':2}", "{'a':1,'b':2,'c':3}", "{'b':2,'c':3}", "{'a':1,'b':2}");
    assertClean("{}", "{'a':1,'b':2}", "{'b':2}", "{'a':1}");
  }

  @Test
  void editAndDeletionOfAFieldClash() {
    assertClash(List.of("/a"), "{'a':1,'b':1}", "{'b':1}", "{'a':2,'b':1}");
    assertClash(List.of("/a"), "{'a':1,'b':1}", "{'a':2,'b':1}", "{'b':1}");
    assertClash(List.of("/a"), "{'a':{'x':1},'b':1}", "{'a':{'x':1,'y':1},'b':1}", "{'b':1}");
    assertClean("{'b':2}", "{'a':{'x':1},'b':1}", "{'a':{ 'x':1.0},'b':2}", "{'b':1}");
  }

  @Test
  void arrayIsOneValue() {
    assertClean("{'a':[1,2],'b':2}", "{'a':[1],'b':1}", "{'a':[1,2],'b':1}", "{'a':[1],'b':2}");
    assertClash(List.of("/a"), "{'a':[1]}", "{'a':[1,2]}", "{'a':[0,1]}");
    assertClash(List.of(""), "[1]", "[1,2]", "[0,1]");
  }

  @Test
  void spaceAndOrderAndSpellingAreNoChange() {
    assertClean(
        "{ 'b': 'x\\u0041', 'a':1.0,'c':7 }",
        "{'a':1,'b':'xA','c':5}",
        "{ 'b': 'x\\u0041', 'a':1.0,'c':5 }",
        "{'c':7,'a':10e-1,'b':'\\u0078A'}");
    assertClean("[1, 2 ]", "[1,2]", "[1, 2 ]", "[1.0,2]");
  }

  @Test
  void numbersAreComparedByValueHoweverLargeTheyAre() {
    assertSameNumber("1", "1.0", "10e-1", "0.1e1", "1E0", "1e+0", "0.00001e5");
    assertSameNumber("0", "0.0", "0e999999999999", "0e5");
    assertSameNumber("-120", "-1.2e2", "-12e1", "-120.000");
    assertDifferentNumbers("0", "-0");
    assertDifferentNumbers("1e999999999", "1e999999998");
    assertDifferentNumbers("1e999999999999999999999", "1e999999999999999999998");
    assertDifferentNumbers("12345678901234567890", "12345678901234567891");
    assertDifferentNumbers("0.1", "0.10000000000000000000000000001");
  }

  @Test
  void withoutBaseTwoObjectsAreMergedAsIfItHadBeenEmpty() {
    assertEquals(
        "{'a':1,'b':2,'c':{'x':1,'y':2}}",
        clean(
                JsonMerge.merge(
                    Optional.empty(), bytes("{'a':1,'c':{'x':1}}"), bytes("{'b':2,'c':{'y':2}}")))
            .replace('"', '\''));
    assertEquals(
        new JsonOutcome.Clash(List.of("/a")),
        JsonMerge.merge(Optional.empty(), bytes("{'a':1}"), bytes("{'a':2}")));
    assertEquals(
        new JsonOutcome.Clash(List.of("")),
        JsonMerge.merge(Optional.empty(), bytes("[1]"), bytes("[2]")));
    assertEquals("[ 1]", clean(JsonMerge.merge(Optional.empty(), bytes("[ 1]"), bytes("[1]"))));
  }

  @Test
  void fieldsOfTheirsAreWovenIntoOurOrder() {
    assertClean(
        "{'a':1,'x':1,'y':2,'b':1}", "{'a':1,'b':1}", "{'a':1,'x':1,'b':1}", "{'a':1,'y':2,'b':1}");
    assertClean("{'o':1,'t':1,'a':1}", "{'a':1}", "{'o':1,'a':1}", "{'t':1,'a':1}");
    assertClean(
        "{'a':1,'t':1,'u':1,'b':2}", "{'a':1,'b':1}", "{'a':1,'b':2}", "{'a':1,'t':1,'u':1,'b':1}");
  }

  @Test
  void unlikeDocumentsAreRefusedWithAReason() {
    assertEquals(
        new JsonOutcome.NotJson("ours: no JSON at character 5"), merge("{}", "{'a':}", "{'a':1}"));
    assertEquals(
        new JsonOutcome.NotJson("theirs: no JSON at character 0"), merge("{}", "{'a':1}", ""));
    assertEquals(
        new JsonOutcome.NotJson("base: no JSON at character 3"), merge("{} x", "{'a':1}", "{}"));
  }

  @Test
  void whatOnlyOneSideChangedNeedNotBeJson() {
    assertClean("no JSON", "{}", "no JSON", "{}");
    assertClean("{'a':1}", "no JSON", "no JSON", "{'a':1}");
  }

  @Test
  void deepestDocumentIsMerged() {
    String deep = "{'a':".repeat(127) + "{'x':#,'y':1}" + "}".repeat(127);
    String base = deep.replace('#', '1');
    assertClean(
        deep.replace('#', '2').replace("'y':1", "'y':2"),
        base,
        deep.replace('#', '2'),
        base.replace("'y':1", "'y':2"));
  }

  @Test
  void halvesOfSurrogatePairsAreComparedExactly() {
    assertClash(List.of("/a"), "{'a':1}", "{'a':'\\ud800'}", "{'a':'\\ud801'}");
    String long1 = "{'a':['" + "x".repeat(99) + "\\ud800'],'b':#}";
    String long2 = "{'a':['" + "x".repeat(99) + "\\ud801'],'b':#}";
    assertClean(
        long2.replace('#', '2'),
        long1.replace('#', '1'),
        long1.replace('#', '2'),
        long2.replace('#', '1'));
  }

  private static void assertSameNumber(String... written) {
    for (String one : written) {
      // An edit of spelling alone gives way to a deletion.
      assertClean(
          "{'b':2}", "{'a':" + written[0] + ",'b':1}", "{'a':" + one + ",'b':2}", "{'b':1}");
    }
  }

  private static void assertDifferentNumbers(String one, String other) {
    assertClash(List.of("/a"), "{'a':" + one + "}", "{'a':" + other + "}", "{}");
  }

  private static JsonOutcome three(String withGaps) {
    return merge(
        withGaps.replace("#", "1"), withGaps.replace("#", "2"), withGaps.replace("#", "3"));
  }

  private static void assertClash(List<String> paths, String base, String ours, String theirs) {
    assertEquals(new JsonOutcome.Clash(paths), merge(base, ours, theirs));
  }

  private static void assertClean(String merged, String base, String ours, String theirs) {
    assertEquals(merged.replace('\'', '"'), clean(merge(base, ours, theirs)));
  }

  private static JsonOutcome merge(String base, String ours, String theirs) {
    return JsonMerge.merge(Optional.of(bytes(base)), bytes(ours), bytes(theirs));
  }

  private static String clean(JsonOutcome outcome) {
    assertTrue(outcome instanceof JsonOutcome.Clean, outcome::toString);
    return new String(((JsonOutcome.Clean) outcome).contents(), UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}

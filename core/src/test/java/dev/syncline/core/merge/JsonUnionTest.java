package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of merging arrays as sets. */
final class JsonUnionTest {

  private static final JsonUnion BY_VALUE = JsonUnion.byValue();
  private static final JsonUnion BY_ID = JsonUnion.byMember("id");

  @Test
  void keepsWhatBothSidesAdded() {
    assertClean(BY_VALUE, "[1,2,3]", "[1]", "[1,2]", "[1,3]");
    assertClean(
        BY_VALUE,
        "{'a':{'b':[1,2,3]}}",
        "{'a':{'b':[1]}}",
        "{'a':{'b':[1,2]}}",
        "{'a':{'b':[1,3]}}");
  }

  @Test
  void addsNothingTwice() {
    assertClean(BY_VALUE, "[1,2,4,3]", "[1]", "[1,2,4]", "[1,3,4,2.0,3]");
    assertClean(BY_VALUE, "[{'a':1,'b':2},5,6]", "[]", "[{'a':1,'b':2},5]", "[{'b':2,'a':1.0},6]");
  }

  @Test
  void deletesWhatEitherSideDeleted() {
    assertClean(BY_VALUE, "[2,5]", "[1,2,3]", "[2,3,5]", "[1,2]");
    assertClean(BY_VALUE, "[]", "[1,2]", "[1]", "[2]");
    assertClean(
        BY_ID,
        "[{'id':2,'x':3}]",
        "[{'id':1},{'id':2,'x':1}]",
        "[{'id':1.0},{'id':2,'x':3}]",
        "[{'id':2,'x':1}]");
  }

  @Test
  void keepsWhatOursRepeats() {
    assertClean(BY_VALUE, "[1,1,2,3]", "[1]", "[1,1,2]", "[1,3]");
    assertClean(BY_VALUE, "[1,2]", "[1,1]", "[1,1,2]", "[1]");
  }

  @Test
  void newElementStandsBehindTheOneItFollowed() {
    assertClean(BY_VALUE, "[1,8,2,9,3]", "[1,2,3]", "[1,2,9,3]", "[1,8,2,3]");
    assertClean(BY_VALUE, "[0,9,1]", "[1]", "[0,1]", "[9,1]");
    assertClean(BY_VALUE, "[3,2,8,1]", "[1,2,3]", "[3,2,1]", "[1,2,8,3]");
  }

  @Test
  void elementsWithTheSameKeyAreMergedByField() {
    assertClean(
        BY_ID,
        "[{'id':1,'a':2,'b':3},{'id':2},{'id':3}]",
        "[{'id':1,'a':1,'b':1}]",
        "[{'id':1,'a':2,'b':1},{'id':2}]",
        "[{'id':1,'a':1,'b':3},{'id':3}]");
    assertClean(BY_ID, "[{'id':1,'a':1,'b':2}]", "[]", "[{'id':1,'a':1}]", "[{'id':1,'b':2}]");
  }

  @Test
  void keyedElementsAreMergedInAnyDepth() {
    assertClean(
        BY_ID,
        "{'r':[{'id':'x','in':[{'id':1,'v':2},{'id':2},{'id':3}]}]}",
        "{'r':[{'id':'x','in':[{'id':1,'v':1}]}]}",
        "{'r':[{'id':'x','in':[{'id':1,'v':2},{'id':2}]}]}",
        "{'r':[{'id':'x','in':[{'id':1,'v':1},{'id':3}]}]}");
  }

  @Test
  void elementsWithoutTheKeyAreSetsOfValues() {
    assertClean(
        BY_ID,
        "[1,{'id':1},2,{'x':1},3]",
        "[1,{'id':1}]",
        "[1,{'id':1},2,{'x':1}]",
        "[1,{'id':1},3,{'x':1}]");
  }

  @Test
  void scalarChangedByBothClashes() {
    assertClash(
        BY_ID,
        "/1/a",
        "[{'id':0},{'id':1,'a':1}]",
        "[{'id':0},{'id':1,'a':2}]",
        "[{'id':1,'a':3},{'id':0}]");
    assertClash(BY_VALUE, "/a", "{'a':1,'b':[]}", "{'a':2,'b':[1]}", "{'a':3,'b':[2]}");
  }

  @Test
  void editAndDeletionOfAKeyedElementClash() {
    assertClash(
        BY_ID,
        "/0",
        "[{'id':1,'a':1},{'id':2}]",
        "[{'id':1,'a':2},{'id':2}]",
        "[{'id':2},{'id':3}]");
    assertClash(
        BY_ID,
        "/1",
        "[{'id':1,'a':1},{'id':2}]",
        "[{'id':2},{'id':3}]",
        "[{'id':2},{'id':1,'a':2}]");
  }

  @Test
  void sameKeyTwiceInAVersionClashesIfBothSidesChanged() {
    String twice = "[{'id':1},{'id':1,'x':1}]";
    assertClash(BY_ID, "", "[{'id':1}]", twice, "[{'id':1},{'id':2}]");
    assertClean(BY_ID, twice, "[{'id':1}]", twice, "[{'id':1}]");
    assertClean(
        BY_ID,
        "{'a':" + twice + ",'b':2}",
        "{'a':[{'id':1}],'b':1}",
        "{'a':[{'id':1}],'b':2}",
        "{'a':" + twice + ",'b':1}");
  }

  @Test
  void withoutBaseTwoArraysAreMergedAsIfItHadBeenEmpty() {
    assertEquals(
        "[1,2,3]", clean(BY_VALUE.merge(Optional.empty(), bytes("[1,2]"), bytes("[2,3]"))));
    assertClean(BY_VALUE, "{'a':[1,2]}", "{}", "{'a':[1]}", "{'a':[2]}");
  }

  @Test
  void tooManyElementsClash() {
    String many = "0,".repeat(200_000);
    assertClash(
        BY_VALUE, "/a", "{'a':[" + many + "1]}", "{'a':[" + many + "2]}", "{'a':[" + many + "3]}");
  }

  @Test
  void deepestArraysAreMerged() {
    String deep = "[{'id':1,'x':".repeat(63) + "[#]" + "}]".repeat(63);
    assertClean(
        BY_ID,
        deep.replace("#", "1,2"),
        deep.replace("#", ""),
        deep.replace("#", "1"),
        deep.replace("#", "2"));
  }

  @Test
  void newElementsAreLaidOutAsTheOthers() {
    assertClean(
        BY_ID,
        "[\n\t{\n\t\t'id': 1\n\t},\n\t{\n\t\t'id': 2\n\t},\n\t{\n\t\t'id': 3,\n\t\t'x': []\n\t}\n]\n",
        "[{'id':1}]",
        "[\n\t{\n\t\t'id': 1\n\t},\n\t{\n\t\t'id': 2\n\t}\n]\n",
        "[\n  {\n    'id': 1\n  },\n  {\n    'id': 3,\n    'x': []\n  }\n]\n");
    assertClean(
        BY_VALUE,
        "{\n  'tags': ['a', 'b', 'c']\n}",
        "{'tags':['a']}",
        "{\n  'tags': ['a', 'b']\n}",
        "{\n  'tags': [\n    'a',\n    'c'\n  ]\n}");
  }

  private static void assertClash(
      JsonUnion union, String path, String base, String ours, String theirs) {
    assertEquals(new JsonOutcome.Clash(List.of(path)), merge(union, base, ours, theirs));
  }

  private static void assertClean(
      JsonUnion union, String merged, String base, String ours, String theirs) {
    assertEquals(merged.replace('\'', '"'), clean(merge(union, base, ours, theirs)));
  }

  private static JsonOutcome merge(JsonUnion union, String base, String ours, String theirs) {
    return union.merge(Optional.of(bytes(base)), bytes(ours), bytes(theirs));
  }

  private static String clean(JsonOutcome outcome) {
    assertTrue(outcome instanceof JsonOutcome.Clean, outcome::toString);
    return new String(((JsonOutcome.Clean) outcome).contents(), UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(UTF_8);
  }
}

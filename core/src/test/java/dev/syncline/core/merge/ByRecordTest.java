package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of merging JSON records. */
final class ByRecordTest {

  private static final ByRecord.Records MEMBERS = new ByRecord.Records.Members();
  private static final ByRecord.Records BY_ID = new ByRecord.Records.Elements("id");

  @Test
  void aClashIsSettledByTheSideThatWins() {
    String base = "{'a':{'x':1,'y':1}}";
    String ours = "{'a':{'x':2,'y':1}}";
    String theirs = "{'a':{'x':3,'y':3}}";
    assertMerged("{'a':{'x':2,'y':3}}", OnClash.OURS, base, ours, theirs);
    assertMerged("{'a':{'x':3,'y':3}}", OnClash.THEIRS, base, ours, theirs);
    assertWaits("both sides changed /a/x", OnClash.WAIT_FIELD, base, ours, theirs);
    assertWaits("both sides changed /a", OnClash.WAIT_RECORD, base, ours, theirs);
  }

  @Test
  void differentFieldsOfARecordGoTogetherUnlessRecordsWait() {
    String base = "{'a':{'x':1,'y':1},'b':1}";
    String ours = "{'a':{'x':2,'y':1},'b':1}";
    String theirs = "{'a':{'x':1,'y':3},'b':2}";
    for (OnClash onClash : new OnClash[] {OnClash.OURS, OnClash.THEIRS, OnClash.WAIT_FIELD}) {
      assertMerged("{'a':{'x':2,'y':3},'b':2}", onClash, base, ours, theirs);
    }
    assertWaits("both sides changed /a", OnClash.WAIT_RECORD, base, ours, theirs);
  }

  @Test
  void toDeleteARecordAndToChangeItClash() {
    assertMerged("{'a':2}", OnClash.OURS, "{'a':1}", "{'a':2}", "{}");
    assertMerged("{}", OnClash.THEIRS, "{'a':1}", "{'a':2}", "{}");
    assertMerged("{}", OnClash.OURS, "{'a':1}", "{}", "{'a':2}");
    assertMerged("{'a':2}", OnClash.THEIRS, "{'a':1}", "{}", "{'a':2}");
    assertWaits("both sides changed /a", OnClash.WAIT_FIELD, "{'a':1}", "{}", "{'a':2}");
    assertWaits("both sides changed /a", OnClash.WAIT_RECORD, "{'a':1}", "{'a':2}", "{}");
    assertMerged("{}", OnClash.WAIT_RECORD, "{'a':1}", "{'a':1}", "{}");
  }

  @Test
  void withoutABaseWhatOnlyOneSideHasIsKept() {
    var both = new ByRecord(MEMBERS, OnClash.THEIRS);
    assertEquals(
        json("{'n':1,'a':{'x':2,'o':1,'t':1},'z':3,'new':2}"),
        text(
            both.merge(
                Optional.empty(),
                bytes("{'a':{'x':1,'o':1},'z':3}"),
                bytes("{'n':1,'a':{'x':2,'t':1},'new':2}"))));
  }

  @Test
  void anArrayIsOneValueOfWhichAsMuchAsCanBeStays() {
    String ours =
        "{\n\t'a': {\n\t\t'l': [\n\t\t\t1.0,\n\t\t\t{'x': 1,   'y': 2},\n\t\t\t3\n\t\t]\n\t}\n}";
    assertMerged(
        ours.replace("'y': 2", "'y': 5"),
        OnClash.WAIT_FIELD,
        "{'a':{'l':[1,{'x':1,'y':2},3]}}",
        ours,
        "{'a':{'l':[1,{'x':1,'y':5},3]}}");
    assertMerged(
        ours.replace("3\n", "4,\n\t\t\t3\n"),
        OnClash.WAIT_FIELD,
        "{'a':{'l':[1,{'x':1,'y':2},3]}}",
        ours,
        "{'a':{'l':[1,{'x':1,'y':2},4,3]}}");
    assertWaits(
        "both sides changed /a", OnClash.WAIT_FIELD, "{'a':[1]}", "{'a':[1,2]}", "{'a':[1,3]}");
    assertMerged("{'a':[1,3]}", OnClash.THEIRS, "{'a':[1]}", "{'a':[1,2]}", "{'a':[1,3]}");
  }

  @Test
  void newRecordsGoBehindTheOneThatPrecedesThemInTheSource() {
    assertMerged(
        "{'n0':0,'b':1,'n1':1,'a':1,'mine':1,'n2':2}",
        OnClash.THEIRS,
        "{'a':1,'b':1}",
        "{'b':1,'a':1,'mine':1}",
        "{'n0':0,'a':1,'n2':2,'b':1,'n1':1}");
  }

  @Test
  void newRecordsAreLaidOutAsTheirNeighbours() {
    assertMerged(
        "{\r\n\t'a': {\r\n\t\t'x': 1\r\n\t},\r\n\t'b': {\r\n\t\t'l': [\r\n\t\t\t1\r\n\t\t]\r\n\t}\r\n}\r\n",
        OnClash.THEIRS,
        "{'a':{'x':1}}",
        "{\r\n\t'a': {\r\n\t\t'x': 1\r\n\t}\r\n}\r\n",
        "{\n  'a': {\n    'x': 1\n  },\n  'b': {\n    'l': [\n      1\n    ]\n  }\n}\n");
  }

  @Test
  void aFileThatEscapesLettersGoesOnDoingSo() {
    assertMerged(
        "{'a': 'caf\\u00e9', 'b': '\\ud83d\\ude00 \\\\u', '\\u00fc': 1}",
        OnClash.THEIRS,
        "{'a':'caf\u00e9','b':''}",
        "{'a': 'caf\\u00e9', 'b': ''}",
        "{'a':'caf\u00e9','b':'\ud83d\ude00 \\\\u','\u00fc':1}");
    assertMerged(
        "{'a': '\\u0007', 'b': '\u00e9'}",
        OnClash.THEIRS,
        "{'a':'\\u0007','b':''}",
        "{'a': '\\u0007', 'b': ''}",
        "{'a':'\\u0007','b':'\u00e9'}");
  }

  @Test
  void elementsAreRecordsByTheirField() {
    String base = "[{'id':1,'x':1},{'id':2,'x':1}]";
    assertMergedBy(
        BY_ID,
        "[{'id': 2, 'x': 3}, {'id': 3, 'x': 1}, {'id': 1, 'x': 2}]",
        base,
        "[{'id': 2, 'x': 1}, {'id': 1, 'x': 2}]",
        "[{'id':1,'x':1},{'id':2,'x':3},{'id':3,'x':1}]");
    assertMergedBy(
        BY_ID,
        "[{'id': 2,'x': 1}]",
        base,
        "[{'id': 1,'x': 1}, {'id': 2,'x': 1}]",
        "[{'x':1,'id':2}]");
  }

  @Test
  void elementsThatCanNotBeToldApartWait() {
    var policy = new ByRecord(BY_ID, OnClash.THEIRS);
    for (String bad : new String[] {"[{'id':1},{'id':1}]", "[{'x':1}]", "[1]"}) {
      assertInstanceOf(
          Settlement.Waits.class,
          policy.merge(Optional.of(bytes("[{'id':1}]")), bytes("[]"), bytes(bad)));
    }
  }

  @Test
  void whatIsNoJsonWaitsAndSaysWhy() {
    var waits =
        assertInstanceOf(
            Settlement.Waits.class,
            new ByRecord(MEMBERS, OnClash.THEIRS)
                .merge(Optional.of(bytes("{}")), bytes("{'a':1}"), bytes("<html>")));
    assertTrue(waits.reason().startsWith("it can't be merged by record: theirs: "), waits::reason);
  }

  @Test
  void whatTheSourceDidNotChangeStaysByteForByte() {
    byte[] ours = bytes("{ 'a' :1.50,\r\n\n 'b':[ ]}");
    byte[] merged =
        assertInstanceOf(
                Settlement.Combined.class,
                new ByRecord(MEMBERS, OnClash.THEIRS)
                    .merge(Optional.of(bytes("{'a':1}")), ours, bytes("{'b':[],'a':1.5}")))
            .contents();
    assertArrayEquals(ours, merged);
  }

  private static void assertMerged(
      String expected, OnClash onClash, String base, String ours, String theirs) {
    assertEquals(
        json(expected),
        text(
            new ByRecord(MEMBERS, onClash)
                .merge(Optional.of(bytes(base)), bytes(ours), bytes(theirs))));
  }

  private static void assertMergedBy(
      ByRecord.Records records, String expected, String base, String ours, String theirs) {
    assertEquals(
        json(expected),
        text(
            new ByRecord(records, OnClash.WAIT_FIELD)
                .merge(Optional.of(bytes(base)), bytes(ours), bytes(theirs))));
  }

  private static void assertWaits(
      String reason, OnClash onClash, String base, String ours, String theirs) {
    assertEquals(
        new Settlement.Waits(reason),
        new ByRecord(MEMBERS, onClash).merge(Optional.of(bytes(base)), bytes(ours), bytes(theirs)));
  }

  private static String text(Settlement settlement) {
    return new String(
        assertInstanceOf(Settlement.Combined.class, settlement, settlement::toString).contents(),
        UTF_8);
  }

  private static byte[] bytes(String json) {
    return json(json).getBytes(UTF_8);
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}

package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of merging CSV by row and cell. */
final class CsvMergeTest {

  private static final String OURS =
      "name,size,note\r\na,1,\"one, \"\"quoted\"\"\"\r\n\"b\",2,\r\nc,3,x\r\n";

  @Test
  void oneChangedCellChangesOneLine() {
    assertEquals(
        OURS.replace("\"b\",2,", "\"b\",5,"),
        merged(
            OnClash.WAIT_FIELD,
            OURS,
            OURS,
            "name,size,note\nb,5,\na,1,\"one, \"\"quoted\"\"\"\nc,3,x\n"));
    assertEquals(
        OURS.replace("2,", "2,\"p, \"\"q\"\"\""),
        merged(OnClash.WAIT_FIELD, OURS, OURS, OURS.replace("2,", "2,\"p, \"\"q\"\"\"")));
  }

  @Test
  void newRowsGoBehindTheOneThatPrecedesThem() {
    assertEquals(
        "name,size,note\r\nfirst,0,\r\na,1,\"one, \"\"quoted\"\"\"\r\nnew,9,\"l\nm\"\r\n\"b\",2,\r\nc,3,x\r\n",
        merged(
            OnClash.WAIT_FIELD,
            OURS,
            OURS,
            OURS.replace("a,1", "first,0,\r\na,1").replace("\"b\"", "new,9,\"l\nm\"\n\"b\"")));
  }

  @Test
  void aFileWithoutAnEndStaysSo() {
    assertEquals(
        "name,x\na,1\nb,2",
        merged(OnClash.THEIRS, "name,x\na,1", "name,x\na,1", "name,x\na,1\nb,2\n"));
    assertEquals(
        "name,x\na,1\n",
        merged(OnClash.THEIRS, "name,x\na,1\nb,2\n", "name,x\na,1\nb,2\n", "name,x\na,1"));
  }

  @Test
  void aClashIsSettledByTheSideThatWins() {
    String base = "name,x,y\na,1,1\n";
    String ours = "name,x,y\na,2,1\n";
    String theirs = "name,x,y\na,3,3\n";
    assertEquals("name,x,y\na,2,3\n", merged(OnClash.OURS, base, ours, theirs));
    assertEquals("name,x,y\na,3,3\n", merged(OnClash.THEIRS, base, ours, theirs));
    assertWaits("both sides changed /a/x", OnClash.WAIT_FIELD, base, ours, theirs);
    assertWaits("both sides changed /a", OnClash.WAIT_RECORD, base, ours, theirs);
  }

  @Test
  void toDeleteARowAndToChangeItClash() {
    String base = "name,x\na,1\nb,1\n";
    String changed = "name,x\na,2\nb,1\n";
    String gone = "name,x\nb,1\n";
    assertEquals(changed, merged(OnClash.OURS, base, changed, gone));
    assertEquals(gone, merged(OnClash.THEIRS, base, changed, gone));
    assertEquals(gone, merged(OnClash.OURS, base, gone, changed));
    assertEquals(changed, merged(OnClash.THEIRS, base, gone, changed));
    assertWaits("both sides changed /a", OnClash.WAIT_FIELD, base, gone, changed);
  }

  @Test
  void ofRowsWithTheSameKeyTheLastCountsAndTheOthersStay() {
    String ours = "name,x\na,1\nb,1\na,2\n";
    assertEquals(
        "name,x\na,1\nb,1\na,3\nn,1\n",
        merged(OnClash.THEIRS, "name,x\na,2\nb,1\n", ours, "name,x\nb,1\na,3\nn,1\n"));
    assertEquals(ours, merged(OnClash.THEIRS, "name,x\na,2\nb,1\n", ours, "name,x\na,2\nb,1\n"));
    assertEquals(
        "name,x\nb,1\n", merged(OnClash.THEIRS, "name,x\na,2\nb,1\n", ours, "name,x\nb,1\n"));
  }

  @Test
  void withoutABaseAnEmptyCellSaysNothing() {
    assertEquals(
        "name,x,y\nmine,1,1\na,1,2\nits,,3\n",
        text(
            policy(OnClash.WAIT_FIELD, RowMeaning.AS_WRITTEN)
                .merge(
                    Optional.empty(),
                    bytes("name,x,y\nmine,1,1\na,1,\n"),
                    bytes("name,y\na,2\nits,3\n"))));
  }

  @Test
  void cellsThatMeanTheSameAreNoChange() {
    RowMeaning lower =
        row -> {
          var meant = new HashMap<>(row);
          meant.replaceAll((_, cell) -> cell.toLowerCase(Locale.ROOT));
          return meant;
        };
    assertEquals(
        "name,x,y\na,Yes,2\n",
        text(
            policy(OnClash.WAIT_FIELD, lower)
                .merge(
                    Optional.of(bytes("name,x,y\na,YES,1\n")),
                    bytes("name,x,y\na,Yes,1\n"),
                    bytes("name,x,y\na,yes,2\n"))));
  }

  @Test
  void whatCanNotBeMergedWaitsAndSaysWhy() {
    String base = "name,x\na,1\n";
    for (String bad :
        new String[] {
          "",
          "x\n1\n",
          "name,x,z\na,1,1\n",
          "name,x\n\"a,1\n",
          "name,x\n\"a\"b,1\n",
          "name,x,x\na,1,2\n"
        }) {
      var waits =
          assertInstanceOf(
              Settlement.Waits.class,
              policy(OnClash.THEIRS, RowMeaning.AS_WRITTEN)
                  .merge(Optional.of(bytes(base)), bytes("name,x\na,2\n"), bytes(bad)),
              bad);
      assertTrue(waits.reason().startsWith("it can't be merged by record: "), waits::reason);
    }
  }

  @Test
  void emptyLinesAndOddRowsStay() {
    String ours = "name,x\n\na\nb,1,extra,\n";
    assertEquals(
        ours.replace("a\n", "a,5\n"),
        merged(OnClash.THEIRS, "name,x\na,\nb,1\n", ours, "name,x\na,5\nb,1\n"));
  }

  @Test
  void aMarkAndEmptyLinesBeforeTheNamesStay() {
    assertEquals(
        "\ufeff\r\nname,x\r\na,5\r\n",
        merged(
            OnClash.THEIRS, "name,x\na,1\n", "\ufeff\r\nname,x\r\na,1\r\n", "\ufeffname,x\na,5\n"));
  }

  private static ByRecord policy(OnClash onClash, RowMeaning meaning) {
    return new ByRecord(new ByRecord.Records.Rows("name", meaning), onClash);
  }

  private static String merged(OnClash onClash, String base, String ours, String theirs) {
    return text(
        policy(onClash, RowMeaning.AS_WRITTEN)
            .merge(Optional.of(bytes(base)), bytes(ours), bytes(theirs)));
  }

  private static void assertWaits(
      String reason, OnClash onClash, String base, String ours, String theirs) {
    assertEquals(
        new Settlement.Waits(reason),
        policy(onClash, RowMeaning.AS_WRITTEN)
            .merge(Optional.of(bytes(base)), bytes(ours), bytes(theirs)));
  }

  private static String text(Settlement settlement) {
    return new String(
        assertInstanceOf(Settlement.Combined.class, settlement, settlement::toString).contents(),
        UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}

package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of merging by line. Lines are written as words here. */
final class LineMergeTest {

  private static final MarkerLabels LABELS = new MarkerLabels("ledger", "before", "folder");

  @Test
  void takesWhatOnlyOneSideChanged() {
    assertEquals(lines("a X c d e"), clean("a b c d e", "a X c d e", "a b c d e"));
    assertEquals(lines("a b c d Y"), clean("a b c d e", "a b c d e", "a b c d Y"));
  }

  @Test
  void takesChangesOfBothSidesInDifferentPlaces() {
    assertEquals(lines("a X c d Y f"), clean("a b c d e f", "a X c d e f", "a b c d Y f"));
    assertEquals(lines("N a b d e"), clean("a b c d e", "N a b c d e", "a b d e"));
  }

  @Test
  void takesOnceWhatBothSidesChangedAlike() {
    assertEquals(lines("a X c d Y"), clean("a b c d e", "a X c d e", "a X c d Y"));
    assertEquals(lines("a c X"), clean("a b c d", "a c d", "a c X"));
    assertEquals(lines("a a N b c X"), clean("a b c d", "a a N b c d", "a a N b c X"));
  }

  @Test
  void repeatedLineInsertedByBothIsTakenOnce() {
    assertEquals(lines("a a a b c X"), clean("a a b c d", "a a a b c d", "a a a b c X"));
  }

  @Test
  void differentChangesOfTheSameLineClash() {
    assertEquals(
        """
        a
        <<<<<<< ledger
        X
        ||||||| before
        b
        =======
        Y
        >>>>>>> folder
        c
        """,
        clash(1, lines("a b c"), lines("a X c"), lines("a Y c")));
  }

  @Test
  void touchingChangesClash() {
    assertClash("a b c d", "a X c d", "a b Y d");
    assertClash("a b", "a X b", "a Y b");
    assertClash("a b c", "a X b c", "a c");
    assertEquals(lines("a X c Y e"), clean("a b c d e", "a X c d e", "a b c Y e"));
  }

  @Test
  void editAndDeletionOfTheSameLineClash() {
    assertClash("a b c", "a X c", "a c");
  }

  @Test
  void everyPlaceThatClashesIsCounted() {
    String merged = clash(2, lines("a b c d e"), lines("X b c d X"), lines("Y b c d Y"));
    assertTrue(merged.contains("\nb\nc\nd\n"), merged);
  }

  @Test
  void markersStandOnLinesOfTheirOwn() {
    assertEquals(
        """
        <<<<<<< ledger
        X
        ||||||| before
        a
        =======
        Y
        >>>>>>> folder
        """,
        clash(1, "a", "X", "Y"));
  }

  @Test
  void markersEndAsTheFilesLinesDo() {
    String merged = clash(1, "a\r\nb\r\n", "a\r\nX\r\n", "a\r\nY");
    assertEquals(
        "a|<<<<<<< ledger|X|||||||| before|b|=======|Y|>>>>>>> folder|",
        merged.replace("\r\n", "|"));
  }

  @Test
  void labelStaysOnItsLine() {
    var labels = new MarkerLabels("a\nb", "c", "d\r\n");
    var clash = (LineOutcome.Clash) LineMerge.merge(bytes("a"), bytes("b"), bytes("c"), labels);
    assertTrue(text(clash.withMarkers()).startsWith("<<<<<<< a b\n"));
  }

  @Test
  void lineEndingsStayAsEachSideHasThem() {
    assertEquals(
        "X\r\nb\nc\nd\re\nY",
        cleanText("a\r\nb\nc\nd\re\nf", "X\r\nb\nc\nd\re\nf", "a\r\nb\nc\nd\re\nY"));
    assertEquals("X\nb\nc", cleanText("a\nb\nc\n", "X\nb\nc\n", "a\nb\nc"));
  }

  @Test
  void missingLastTerminatorIsAChangeLikeAnother() {
    assertEquals("a\nb\nc\nd", cleanText("a\nb\nc\nd\n", "a\nb\nc\nd\n", "a\nb\nc\nd"));
    assertEquals("X\nb\nc\n", cleanText("a\nb\nc", "X\nb\nc", "a\nb\nc\n"));
  }

  @Test
  void bytesOfAnyEncodingPass() {
    String umlauts = "\u00e4\n\u00ff\u00fe\nc\n\u0080\n";
    assertEquals(
        umlauts + "\u00f6\n",
        cleanText(
            "\u00e5\n\u00ff\u00fe\nc\n\u0080\n",
            umlauts,
            "\u00e5\n\u00ff\u00fe\nc\n\u0080\n\u00f6\n"));
  }

  @Test
  void withoutBaseOnlyEqualContentsAreClean() {
    assertEquals(lines("a b"), clean("", "a b", "a b"));
    assertClash("", "a b", "a c");
  }

  @Test
  void binaryContentsAreNotMergedByLine() {
    var outcome = LineMerge.merge(bytes("a\n"), bytes("a\0\n"), bytes("b\n"), LABELS);
    assertEquals(
        "binary: it has a NUL byte",
        assertInstanceOf(LineOutcome.NotByLine.class, outcome).reason());
    assertFalse(Text.isText(bytes("a\0")));
    assertTrue(Text.isText(bytes("")));
    assertFalse(Text.isText(new byte[] {'a', 0, 'b', 0}));
    byte[] large = new byte[Text.LARGEST + 1];
    Arrays.fill(large, (byte) 'a');
    assertFalse(Text.isText(large));
  }

  @Test
  void rewrittenFileClashesAsAWholeInBoundedTime() {
    String ours =
        IntStream.range(0, 40_000).mapToObj(i -> i * 7 % 13 + "\n").collect(Collectors.joining());
    String theirs =
        IntStream.range(0, 40_000).mapToObj(i -> i * i % 11 + "\n").collect(Collectors.joining());
    String base =
        IntStream.range(0, 40_000).mapToObj(i -> i * i % 17 + "\n").collect(Collectors.joining());
    assertInstanceOf(
        LineOutcome.Clash.class, LineMerge.merge(bytes(base), bytes(ours), bytes(theirs), LABELS));
  }

  @Test
  void tooManyDifferentLinesAreRefused() {
    byte[] ours = bytes("\n".repeat(600_000));
    byte[] theirs = bytes("a\n".repeat(600_000));
    var outcome = LineMerge.merge(bytes("b"), ours, theirs, LABELS);
    assertEquals(new LineOutcome.NotByLine("too many lines differ"), outcome);
  }

  private static void assertClash(String base, String ours, String theirs) {
    clash(1, lines(base), lines(ours), lines(theirs));
    clash(1, lines(base), lines(theirs), lines(ours));
  }

  private static String clash(int hunks, String base, String ours, String theirs) {
    var clash =
        assertInstanceOf(
            LineOutcome.Clash.class,
            LineMerge.merge(bytes(base), bytes(ours), bytes(theirs), LABELS));
    assertEquals(hunks, clash.hunks());
    return text(clash.withMarkers());
  }

  private static String clean(String base, String ours, String theirs) {
    return cleanText(lines(base), lines(ours), lines(theirs));
  }

  private static String cleanText(String base, String ours, String theirs) {
    var clean =
        assertInstanceOf(
            LineOutcome.Clean.class,
            LineMerge.merge(bytes(base), bytes(ours), bytes(theirs), LABELS));
    return text(clean.contents());
  }

  private static String lines(String words) {
    return words.isEmpty() ? "" : words.replace(' ', '\n') + "\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}

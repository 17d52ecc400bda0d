package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of keeping both sides' lines. Lines are written as words here. */
final class LineUnionTest {

  @Test
  void keepsWhatBothAppendedOursFirst() {
    assertEquals(lines("a b X1 X2 Y1"), union("a b", "a b X1 X2", "a b Y1"));
  }

  @Test
  void keepsAdditionsWhereTheyAre() {
    assertEquals(lines("X a b c Y"), union("a b c", "X a b c", "a b c Y"));
    assertEquals(lines("a X b Y c"), union("a b c", "a X b c", "a b Y c"));
  }

  @Test
  void takesOnceWhatBothAdded() {
    assertEquals(lines("a N X Y"), union("a", "a N X", "a N Y"));
    assertEquals(lines("a X N Y"), union("a", "a X N", "a N Y"));
    assertEquals(lines("N a b c Y"), union("a b c", "N a b c", "a b c N Y"));
  }

  @Test
  void keepsWhatOneSideRepeated() {
    assertEquals(lines("a X X Y Y"), union("a", "a X X", "a Y Y"));
  }

  @Test
  void deletesWhatEitherSideDeleted() {
    assertEquals(lines("b d"), union("a b c d", "b c d", "a b d"));
    assertEquals(lines("b"), union("a b c", "a b", "b"));
  }

  @Test
  void deletesNextToAnAddition() {
    assertEquals(lines("a X c"), union("a b c", "a X b c", "a c"));
    assertEquals(lines("a Y c"), union("a b c", "a c", "a b Y c"));
    assertEquals(lines("X Y"), union("a", "X", "a Y"));
  }

  @Test
  void keepsBothVersionsOfAChangedLine() {
    assertEquals(lines("a X Y c"), union("a b c", "a X c", "a Y c"));
  }

  @Test
  void withoutBaseIsTheListOfAll() {
    assertEquals(lines("a b c d"), union("", "a b c", "b d c"));
  }

  @Test
  void blankLinesComeWithWhatIsNew() {
    assertEquals(
        "a\n\nX\n\nY\n", text(LineUnion.merge(bytes("a\n"), bytes("a\n\nX\n"), bytes("a\n\nY\n"))));
    assertEquals(
        "a\n\nN\nX\n",
        text(LineUnion.merge(bytes("a\n"), bytes("a\n\nN\nX\n"), bytes("a\n\nN\n"))));
  }

  @Test
  void lastLineGetsATerminatorWhenSomethingFollows() {
    assertEquals("a\nX\nY", text(LineUnion.merge(bytes("a"), bytes("a\nX"), bytes("a\nY"))));
    assertEquals(
        "a\r\nX\r\nY\r\n",
        text(LineUnion.merge(bytes("a\r\n"), bytes("a\r\nX"), bytes("a\r\nY\r\n"))));
    assertEquals("a\nX\nY\n", text(LineUnion.merge(bytes(""), bytes("a\nX"), bytes("a\nY\n"))));
  }

  @Test
  void deletedLastLineDoesNotComeBackWithATerminator() {
    assertEquals("a\nY\n", text(LineUnion.merge(bytes("a\nb"), bytes("a\n"), bytes("a\nb\nY\n"))));
  }

  @Test
  void terminatorsAreTakenFromTheSideThatChangedThem() {
    assertEquals(
        "a\r\nb\r\nX\r\n",
        text(LineUnion.merge(bytes("a\nb\n"), bytes("a\nb\nX\r\n"), bytes("a\r\nb\r\n"))));
  }

  @Test
  void binaryContentsHaveNoUnion() {
    assertEquals(Optional.empty(), LineUnion.merge(bytes("a"), bytes("a\0"), bytes("b")));
  }

  @Test
  void holdsAllAdditionsOnceAndNoDeletionWhateverTheTexts() {
    Seeds.each(
        1000,
        random -> {
          RandomText text = RandomText.ofUniqueLines(random);
          List<String> base = text.lines(30);
          List<String> ours = text.changed(base);
          List<String> theirs = text.changed(base);
          // What both added alike.
          List<String> same = text.lines(4);
          ours.addAll(random.nextInt(ours.size() + 1), same);
          theirs.addAll(random.nextInt(theirs.size() + 1), same);
          byte[] b = text.joined(base);
          byte[] o = text.joined(ours);
          byte[] t = text.joined(theirs);
          assertEquals(text(Optional.of(o)), text(LineUnion.merge(b, o, b)));
          assertEquals(text(Optional.of(t)), text(LineUnion.merge(b, b, t)));
          assertEquals(text(Optional.of(o)), text(LineUnion.merge(b, o, o)));
          var expected = new HashSet<>(ours);
          expected.addAll(theirs);
          base.stream()
              .filter(line -> !ours.contains(line) || !theirs.contains(line))
              .forEach(expected::remove);
          List<String> union =
              text(LineUnion.merge(b, o, t)).lines().filter(line -> !line.isEmpty()).toList();
          assertEquals(expected, new HashSet<>(union));
          assertEquals(expected.size(), union.size());
          List<String> oursInUnion = union.stream().filter(ours::contains).toList();
          assertEquals(ours.stream().filter(expected::contains).toList(), oursInUnion);
        });
  }

  @Test
  void additionsOfARandomTextAreAllThere() {
    Seeds.each(
        1000,
        random -> {
          RandomText text = RandomText.ofFewWords(random);
          List<String> base = text.lines(20);
          List<String> ours = text.changed(base);
          List<String> theirs = text.changed(base);
          String union =
              text(LineUnion.merge(text.joined(base), text.joined(ours), text.joined(theirs)));
          var known = new HashSet<>(ours);
          known.addAll(theirs);
          assertTrue(known.containsAll(union.lines().toList()), union);
          known.removeAll(base);
          assertTrue(new HashSet<>(union.lines().toList()).containsAll(known), union);
        });
  }

  private static String union(String base, String ours, String theirs) {
    return text(LineUnion.merge(bytes(lines(base)), bytes(lines(ours)), bytes(lines(theirs))));
  }

  private static String lines(String words) {
    return words.isEmpty() ? "" : words.replace(' ', '\n') + "\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String text(Optional<byte[]> merged) {
    return new String(merged.orElseThrow(), ISO_8859_1);
  }
}

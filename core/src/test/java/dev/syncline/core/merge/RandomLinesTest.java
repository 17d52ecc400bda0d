package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.merge.LineOutcome.Clash;
import dev.syncline.core.merge.LineOutcome.Clean;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for merges by line whatever the texts are. */
final class RandomLinesTest {

  private static final MarkerLabels LABELS = new MarkerLabels("ours", "base", "theirs");

  /** One base and two changes of it. */
  private record Versions(byte[] base, byte[] ours, byte[] theirs) {

    static Versions of(Random random) {
      RandomText text =
          random.nextBoolean() ? RandomText.ofFewWords(random) : RandomText.ofUniqueLines(random);
      List<String> base = text.lines(random.nextInt(1, 40));
      return new Versions(
          text.joined(base), text.joined(text.changed(base)), text.joined(text.changed(base)));
    }

    LineOutcome merge() {
      return LineMerge.merge(base, ours, theirs, LABELS);
    }

    Versions swapped() {
      return new Versions(base, theirs, ours);
    }
  }

  @Test
  void unchangedSideGivesWay() {
    Seeds.each(
        300,
        random -> {
          var v = Versions.of(random);
          assertClean(v.ours, new Versions(v.base, v.ours, v.base).merge());
          assertClean(v.theirs, new Versions(v.base, v.base, v.theirs).merge());
          assertClean(v.ours, new Versions(v.base, v.ours, v.ours).merge());
        });
  }

  @Test
  void sidesMayBeSwapped() {
    Seeds.each(
        2000,
        random -> {
          var v = Versions.of(random);
          switch (v.merge()) {
            case Clean(byte[] contents) -> assertClean(contents, v.swapped().merge());
            case Clash(_, int hunks) -> assertEquals(hunks, ((Clash) v.swapped().merge()).hunks());
            case LineOutcome.NotByLine refused -> throw new AssertionError(refused);
          }
        });
  }

  @Test
  void everyLineOfACleanResultComesFromASide() {
    Seeds.each(
        1000,
        random -> {
          var v = Versions.of(random);
          if (v.merge() instanceof Clean(byte[] contents)) {
            var known = new HashSet<>(lines(v.ours));
            known.addAll(lines(v.theirs));
            assertTrue(known.containsAll(lines(contents)));
          }
        });
  }

  /** Each side's additions and deletions are counted in the result, whatever order was found. */
  @Test
  void everyChangeOfACleanResultIsThere() {
    Seeds.each(
        1000,
        random -> {
          RandomText text = RandomText.ofUniqueLines(random);
          List<String> base = text.lines(40);
          List<String> ours = text.changed(base);
          List<String> theirs = text.changed(base);
          byte[] b = terminated(base);
          if (LineMerge.merge(b, terminated(ours), terminated(theirs), LABELS)
              instanceof Clean(byte[] contents)) {
            var expected = new HashSet<String>();
            expected.addAll(ours);
            expected.addAll(theirs);
            base.stream()
                .filter(line -> !ours.contains(line) || !theirs.contains(line))
                .forEach(expected::remove);
            List<String> merged = lines(contents);
            assertEquals(expected.size(), merged.size());
            assertEquals(expected, new HashSet<>(merged.stream().map(String::strip).toList()));
          }
        });
  }

  /** The front part was touched by nobody, a wall of lines separates it from what was. */
  @Test
  void whatNobodyChangedSurvives() {
    Seeds.each(
        500,
        random -> {
          RandomText text = RandomText.ofFewWords(random);
          String wall = "one\ntwo\nthree\n";
          byte[] front = (text.lines(20) + "\n" + wall).getBytes(ISO_8859_1);
          var v = Versions.of(random);
          var walled =
              new Versions(joined(front, v.base), joined(front, v.ours), joined(front, v.theirs));
          byte[] merged =
              switch (walled.merge()) {
                case Clean(byte[] contents) -> contents;
                case Clash(byte[] withMarkers, _) -> withMarkers;
                case LineOutcome.NotByLine refused -> throw new AssertionError(refused);
              };
          assertArrayEquals(front, Arrays.copyOf(merged, front.length));
        });
  }

  @Test
  void anyBytesAreMergedOrRefused() {
    Seeds.each(
        1000,
        random -> {
          byte[][] any = new byte[3][];
          for (int i = 0; i < any.length; i++) {
            any[i] = new byte[random.nextInt(30)];
            for (int at = 0; at < any[i].length; at++) {
              any[i][at] = (byte) "\r\n\n a\u00ff".charAt(random.nextInt(6));
            }
          }
          assertTrue(LineMerge.merge(any[0], any[1], any[2], LABELS) != null);
          assertTrue(LineUnion.merge(any[0], any[1], any[2]).isPresent());
        });
  }

  private static void assertClean(byte[] expected, LineOutcome outcome) {
    if (outcome instanceof Clean(byte[] contents)) {
      assertEquals(new String(expected, ISO_8859_1), new String(contents, ISO_8859_1));
    } else {
      throw new AssertionError(outcome);
    }
  }

  private static byte[] joined(byte[] front, byte[] rest) {
    byte[] joined = Arrays.copyOf(front, front.length + rest.length);
    System.arraycopy(rest, 0, joined, front.length, rest.length);
    return joined;
  }

  private static byte[] terminated(List<String> lines) {
    return (String.join("\n", lines) + (lines.isEmpty() ? "" : "\n")).getBytes(ISO_8859_1);
  }

  /** With their terminators. */
  private static List<String> lines(byte[] text) {
    return Arrays.stream(new String(text, ISO_8859_1).split("(?<=\n)"))
        .filter(line -> !line.isEmpty())
        .toList();
  }
}

package dev.syncline.core.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextDiffTest {

  /** As {@code diff -U0} says it, without the names; {@code |} ends a line. */
  @ParameterizedTest
  @CsvSource({
    "a|b|c|, a|b|c|, ''",
    "a|b|c|, a|x|c|, @@ -2 +2 @@|-b|+x|",
    "a|c|, a|b|c|, '@@ -1,0 +2 @@|+b|'",
    "a|b|c|, c|, '@@ -1,2 +0,0 @@|-a|-b|'",
    "'', é|, '@@ -0,0 +1 @@|+é|'",
    "a|, a, '@@ -1 +1 @@|-a|+a|\\ No newline at end of file|'"
  })
  void saysWhatDiffSays(String before, String after, String expected) {
    assertEquals(lines(expected), TextDiff.between(bytes(before), bytes(after)));
  }

  private static byte[] bytes(String text) {
    return lines(text).getBytes(StandardCharsets.UTF_8);
  }

  private static String lines(String text) {
    return text.replace('|', '\n');
  }
}

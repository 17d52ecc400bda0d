package dev.syncline.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of paths. */
final class GlobTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a.json", "d/a b.json", "a*?.json", "[ab].json", "{a,b}.json", "a\\b", "a}"})
  void onlyOnePathFits(String path) {
    Glob only = Glob.only(new FilePath(path));
    assertTrue(only.matches(path));
    for (String other : new String[] {"x/" + path, "a", "b.json", "abc.json", "ab", path + "/a"}) {
      assertFalse(only.matches(other), other);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # pattern       | path                  | matches
          plan.txt        | plan.txt              | true
          plan.txt        | notes/plan.txt        | true
          plan.txt        | plan.txt/inside       | false
          /plan.txt       | plan.txt              | true
          /plan.txt       | notes/plan.txt        | false
          *.md            | a/b/c.md              | true
          *.md            | a/b/c.mdx             | false
          notes/*.md      | notes/a.md            | true
          notes/*.md      | notes/a/b.md          | false
          notes/**        | notes/a/b.md          | true
          notes/**        | notes                 | false
          **/logs/**      | logs/a                | true
          **/logs/**      | a/b/logs/c/d          | true
          **/logs/**      | a/blogs/c             | false
          a?c             | abc                   | true
          a?c             | a/c                   | false
          [a-c]x          | bx                    | true
          [!a-c]x         | bx                    | false
          [!a-c]x         | dx                    | true
          *.{json,yaml}   | a/b.yaml              | true
          *.{json,yaml}   | a/b.toml              | false
          a.c             | abc                   | false
          a+(b)           | a+(b)                 | true
          Plan            | plan                  | false
          \\*             | *                     | true
          \\*             | a                     | false
          """)
  void itMatchesAsGitignoreDoes(String pattern, String path, boolean matches) {
    assertEquals(matches, Glob.of(pattern).matches(new FilePath(path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "[a", "{a,b"})
  void whatIsNoPatternIsRefused(String text) {
    assertThrows(SyncException.Invalid.class, () -> Glob.of(text));
  }
}

package dev.syncline.core.model;

import static dev.syncline.core.model.Paths.path;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of files, kind and hostile. */
final class FilePathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/../b",
        "a/./b",
        "a\0b",
        ".git",
        ".git/config",
        "a/.git/hooks/x",
        ".GIT/config",
        ".Git",
        "git~1/config",
        "GIT~1",
        ".git./x",
        ".git /x",
        ".git. . ./x",
        ".git::$INDEX_ALLOCATION/config",
        ".git:x",
        ".git\\config",
        "a/b\\.Git",
        "a\\git~1 .\\c",
        "\\.git",
        ".g\u200cit/config",
        "\u200d.git",
        ".gi\ufefft",
        "\u202egit~1",
        "\ud800",
        "a\udc00b",
        "\udc7f"
      })
  void noNameLeadsOutOrIntoTheRepository(String hostile) {
    assertThrows(SyncException.Invalid.class, () -> path(hostile));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".gitignore",
        "git",
        ".github/workflows",
        "a.git",
        "...",
        "git~2",
        "CON",
        "a b",
        " ",
        "a:b",
        "a\\b",
        "\\.gitx\\git",
        ".git\t",
        "\ud83d\ude00",
        "\udc80\udcff",
        "e\u0301",
        "\u00e9",
        "a\nb"
      })
  void everyOtherNameThatGitMayHoldIsFine(String name) {
    assertEquals(name, path(name).value());
  }

  @Test
  void aPathHasABound() {
    assertEquals(32_768, path("a".repeat(32_768)).value().length());
    assertThrows(SyncException.Invalid.class, () -> path("a".repeat(32_769)));
  }

  @Test
  void partsOfAPath() {
    assertEquals("c", path("a/b/c").name());
    assertEquals(Optional.of(path("a/b")), path("a/b/c").parent());
    assertEquals(Optional.empty(), path("a").parent());
    assertEquals(path("a/b/d"), path("a/b/c").sibling("d"));
  }

  @Test
  void underIsNotBeside() {
    assertTrue(path("a/b/c").isUnder(path("a")));
    assertFalse(path("ab").isUnder(path("a")));
    assertFalse(path("a").isUnder(path("a")));
  }

  @Test
  void pathsAreInTheOrderOfTheirCodePoints() {
    List<FilePath> inOrder =
        Stream.of("a", "a b", "a/b", "b", "\u00e9", "\uffee", "\ud83d\ude00")
            .map(FilePath::new)
            .toList();
    assertEquals(inOrder, inOrder.reversed().stream().sorted().toList());
  }
}

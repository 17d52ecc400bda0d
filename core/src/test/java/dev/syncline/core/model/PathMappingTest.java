package dev.syncline.core.model;

import static dev.syncline.core.model.Paths.change;
import static dev.syncline.core.model.Paths.changes;
import static dev.syncline.core.model.Paths.path;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which part of a ledger a link sees, and where. */
final class PathMappingTest {

  private static final PathMapping PREFIX =
      new PathMapping(Optional.of(path("docs/en")), List.of(), List.of(), List.of());
  private static final PathMapping PART =
      new PathMapping(
          Optional.empty(), globs("*.md", "img/**"), globs("draft*", "img/raw/**"), List.of());
  private static final PathMapping RENAMED =
      new PathMapping(
          Optional.of(path("site")),
          List.of(),
          List.of(),
          List.of(
              new PathMapping.Renamed(path("posts"), path("blog")),
              new PathMapping.Renamed(path("README.md"), path("index.md"))));
  private static final PathMapping SWAPPED =
      new PathMapping(
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(
              new PathMapping.Renamed(path("a"), path("b")),
              new PathMapping.Renamed(path("b"), path("a"))));

  @Test
  void aPrefixIsTheEndpointsRoot() {
    assertEquals(Optional.of(path("a/b")), PREFIX.toEndpoint(path("docs/en/a/b")));
    assertEquals(Optional.empty(), PREFIX.toEndpoint(path("docs/en")));
    assertEquals(Optional.empty(), PREFIX.toEndpoint(path("docs/english")));
    assertEquals(Optional.of(path("docs/en/docs")), PREFIX.toLedger(path("docs")));
  }

  @Test
  void whatIsExcludedIsOutsideEvenIfIncluded() {
    assertEquals(Optional.of(path("a/b.md")), PART.toLedger(path("a/b.md")));
    assertEquals(Optional.of(path("img/a.png")), PART.toEndpoint(path("img/a.png")));
    assertEquals(Optional.empty(), PART.toLedger(path("a.png")));
    assertEquals(Optional.empty(), PART.toLedger(path("a/draft.md")));
    assertEquals(Optional.empty(), PART.toEndpoint(path("img/raw/a.png")));
  }

  @Test
  void filesAndFoldersHaveOtherNamesThere() {
    assertEquals(Optional.of(path("blog/2026/a")), RENAMED.toEndpoint(path("site/posts/2026/a")));
    assertEquals(Optional.of(path("site/README.md")), RENAMED.toLedger(path("index.md")));
    assertEquals(Optional.of(path("other")), RENAMED.toEndpoint(path("site/other")));
  }

  @Test
  void whatWouldNotComeBackIsOutside() {
    // The endpoint's own "posts" would go to the ledger's "posts", which is at "blog".
    assertEquals(Optional.empty(), RENAMED.toLedger(path("posts/a")));
    assertEquals(Optional.empty(), RENAMED.toEndpoint(path("site/blog/a")));
  }

  @Test
  void twoFoldersCanChangePlaces() {
    assertEquals(Optional.of(path("b/x")), SWAPPED.toEndpoint(path("a/x")));
    assertEquals(Optional.of(path("a/x")), SWAPPED.toEndpoint(path("b/x")));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void everyPathComesBackAsItWas(PathMapping mapping) {
    for (String name :
        List.of(
            "a",
            "b/x",
            "a.md",
            "draft.md",
            "posts/p",
            "blog/p",
            "README.md",
            "index.md",
            "site/posts/p",
            "site/README.md",
            "site/index.md",
            "docs/en/a",
            "docs/en/docs/en/a",
            "img/a.png",
            "img/raw/a.png")) {
      mapping
          .toEndpoint(path(name))
          .ifPresent(there -> assertEquals(Optional.of(path(name)), mapping.toLedger(there), name));
      mapping
          .toLedger(path(name))
          .ifPresent(here -> assertEquals(Optional.of(path(name)), mapping.toEndpoint(here), name));
    }
  }

  static Stream<PathMapping> mappings() {
    return Stream.of(PathMapping.WHOLE, PREFIX, PART, RENAMED, SWAPPED);
  }

  @Test
  void changesOutsideAreNotSeen() {
    Changes inLedger = changes(Map.of("docs/en/a", change("1", "2"), "README.md", change("1", "")));
    assertEquals(changes(Map.of("a", change("1", "2"))), PREFIX.toEndpoint(inLedger));
    assertEquals(
        changes(Map.of("docs/en/a", change("1", "2"))),
        PREFIX.toLedger(changes(Map.of("a", change("1", "2")))));
  }

  private static List<Glob> globs(String... patterns) {
    return Stream.of(patterns).map(Glob::of).toList();
  }
}

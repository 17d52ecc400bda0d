package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.SyncException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which forge a repository is on, and where its API is, is told from its address. */
final class ForgeRepositoryTest {

  @ParameterizedTest
  @CsvSource({
    "https://github.com/anna/notes, , GITHUB, https://api.github.com, anna, notes",
    "https://GitHub.com/anna/notes.git/, , GITHUB, https://api.github.com, anna, notes",
    "git@github.com:anna/notes.git, , GITHUB, https://api.github.com, anna, notes",
    "ssh://git@ssh.github.com:443/anna/notes.git, , GITHUB, https://api.github.com, anna, notes",
    "https://ghe.example.org:8443/a/b, GITHUB, GITHUB, https://ghe.example.org:8443/api/v3, a, b",
    "ssh://git@ghe.example.org:2222/a/b, GITHUB, GITHUB, https://ghe.example.org/api/v3, a, b",
    "https://gitlab.com/g/sub/deep/notes.git, , GITLAB, https://gitlab.com/api/v4, g/sub/deep, notes",
    "git@gitlab.com:g/sub/notes.git, , GITLAB, https://gitlab.com/api/v4, g/sub, notes",
    "https://codeberg.org/anna/my.notes.git, , GITEA, https://codeberg.org/api/v1, anna, my.notes",
    "https://gitea.com/anna/notes, , GITEA, https://gitea.com/api/v1, anna, notes",
    "https://example.org/git/a/b, GITEA, GITEA, https://example.org/git/api/v1, a, b",
    "http://127.0.0.1:3000/a/b.git, GITEA, GITEA, http://127.0.0.1:3000/api/v1, a, b",
  })
  void addressesAreRead(
      String url, ForgeKind said, ForgeKind kind, URI api, String owner, String name) {
    assertEquals(
        new ForgeRepository(kind, api, owner, name),
        ForgeRepository.of(url, Optional.ofNullable(said), Optional.empty()));
  }

  @Test
  void whereTheApiIsCanBeSaid() {
    ForgeRepository read =
        ForgeRepository.of(
            "https://git.example.org/a/b",
            Optional.of(ForgeKind.GITHUB),
            Optional.of(URI.create("https://api.example.org/")));
    assertEquals("https://api.example.org", read.api().toString());
    assertEquals("a/b", read.path());
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/anna/notes, , https://github.com/anna/notes/blob/ID/the%20report.md",
    "https://ghe.example.org/a/b, GITHUB, https://ghe.example.org/a/b/blob/ID/the%20report.md",
    "git@gitlab.com:g/sub/b.git, , https://gitlab.com/g/sub/b/-/blob/ID/the%20report.md",
    "https://example.org/git/a/b, GITEA, https://example.org/git/a/b/src/commit/ID/the%20report.md",
  })
  void filesOfCommitsHaveAPage(String url, ForgeKind said, String page) {
    String id = "1234567890".repeat(4);
    assertEquals(
        page.replace("ID", id),
        ForgeRepository.of(url, Optional.ofNullable(said), Optional.empty())
            .address(new CommitId(id), "the report.md"));
  }

  @Test
  void aHostThatIsNotKnownMustBeNamed() {
    var e =
        assertThrows(
            SyncException.Invalid.class,
            () ->
                ForgeRepository.of(
                    "https://git.example.org/a/b", Optional.empty(), Optional.empty()));
    assertTrue(String.valueOf(e.getMessage()).contains("forge: gitea"), e::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srv/notes.git",
        "file:///srv/notes.git",
        "https://github.com/notes",
        "http://git.example.org/a/b",
        "git@github.com:notes.git",
      })
  void whatIsOnNoForgeIsInvalid(String url) {
    assertThrows(
        SyncException.Invalid.class,
        () -> ForgeRepository.of(url, Optional.of(ForgeKind.GITHUB), Optional.empty()));
  }
}

package dev.syncline.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Direction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WorkspaceFileTest {

  private static final WorkspaceName NAME = new WorkspaceName("notes");
  private static final Author USUAL = new Author("root", "root@vm");

  @TempDir Path folder;

  @Test
  void everyKeyIsRead() throws IOException {
    Files.writeString(folder.resolve("token"), "abc\n");
    WorkspaceSettings settings =
        read(
            """
            author: Ada <ada@example.org>
            links:
              laptop:
                folder: notes
                direction: in
                prefix: docs
                include: ["*.md"]
                exclude: ["*.tmp", "build/**"]
                reconcile: 5m
              origin:
                git: https://git.example.org/ada/notes.git
                branch: trunk
                user: ada
                token-file: token
                webhook-secret-file: token
            policies:
              "settings/*.json": json
              "journal/**": union
            safeguard:
              files: 7
              percent: 3
            encrypt:
              paths: ["secrets/**", "*.key"]
              recipients: age1ada
              identity-file: token
            """);
    EncryptionSettings encryption = settings.encryption().orElseThrow();
    assertTrue(encryption.concerns(new FilePath("deep/ada.key")));
    assertFalse(encryption.concerns(new FilePath("open")));
    assertEquals(List.of("age1ada"), encryption.recipients());
    assertEquals("abc", encryption.identities().orElseThrow().value());
    assertEquals(new Author("Ada", "ada@example.org"), settings.author());
    LinkSettings laptop = link(settings, "laptop");
    assertEquals(
        new LinkSettings.Place.Folder(folder.resolve("notes"), Duration.ofMillis(20)),
        laptop.place());
    assertEquals(Direction.IN, laptop.direction());
    assertEquals(Duration.ofMinutes(5), laptop.reconcile());
    assertEquals(
        Optional.of(new FilePath("docs/a.md")), laptop.mapping().toLedger(new FilePath("a.md")));
    assertEquals(Optional.empty(), laptop.mapping().toLedger(new FilePath("a.tmp")));
    var origin = (LinkSettings.Place.Branch) link(settings, "origin").place();
    assertEquals("trunk", origin.branch());
    var token = (LinkSettings.Access.Token) origin.access();
    assertEquals("ada abc", token.user() + " " + token.token().value());
    assertEquals("abc", origin.webhook().orElseThrow().value());
    assertEquals(
        List.of("settings/*.json", "journal/**"), List.copyOf(settings.policies().keySet()));
    assertEquals(new WorkspaceSettings.Brakes(7, 3), settings.safeguard());
  }

  private static LinkSettings link(WorkspaceSettings settings, String name) {
    return Objects.requireNonNull(settings.links().get(new LinkName(name)));
  }

  @Test
  void whatIsNotSaidHasItsUsualValue() {
    WorkspaceSettings settings = read("links:\n  a: {git: /srv/a.git}\n  b: {folder: /b}\n");
    assertEquals(USUAL, settings.author());
    assertEquals(WorkspaceSettings.Brakes.USUAL, settings.safeguard());
    var branch = (LinkSettings.Place.Branch) link(settings, "a").place();
    assertEquals("main", branch.branch());
    assertEquals(new LinkSettings.Access.Open(), branch.access());
    assertEquals(
        List.of(LinkSettings.GIT_RECONCILE, LinkSettings.FOLDER_RECONCILE),
        settings.links().values().stream().map(LinkSettings::reconcile).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "links: {a: {folder: /a, git: /b}} | a link leads to one place",
        "links: {a: {}} | a link leads to one place",
        "links: {a: {folder: /a, brnch: x}} | brnch",
        "links: {a: {folder: /a, branch: main}} | branch",
        "links: {a: {folder: /a, direction: up}} | `up` is none of `both`, `in`, `replace`, `out`",
        "links: {a: {folder: /a, reconcile: soon}} | soon",
        "links: {'A b': {folder: /a}} | A b",
        "safeguard: {percent: 101} | 101",
        "encrypt: {} | both paths and recipients",
        "encrypt: {paths: '*.key'} | both paths and recipients",
        "encrypt: {paths: '*.key', recipient: age1} | encrypt.recipient; did you mean recipients",
        "lnks: {} | lnks",
        "just text | links",
        "links: [ | notes.yaml"
      })
  void aMistakeIsNamed(String text, String part) {
    var refused = assertThrows(SyncException.Invalid.class, () -> read(text));
    assertTrue(String.valueOf(refused.getMessage()).contains(part), refused.getMessage());
  }

  @Test
  void allMistakesAreSaidAtOnce() {
    var refused =
        assertThrows(
            SyncException.Invalid.class,
            () -> read("links: {a: {folder: /a, direction: up}, b: {git: /b, reconcile: soon}}"));
    assertEquals(2, String.valueOf(refused.getMessage()).lines().count());
  }

  private WorkspaceSettings read(String text) {
    return WorkspaceFile.read(NAME, text, folder, USUAL);
  }

  @Test
  void aJsonApiIsItsCategories() {
    WorkspaceSettings settings =
        read(
            """
            links:
              source:
                json-api: https://api.example.org/v1
                direction: replace
                categories:
                  clip:
                  models:
                    url: https://other.example.org/all?x=1
                    file: data/m.json
                    id: name
                    records: /data
                    next: page p
                    schema: /schemas/m.json
                    fewest: 5
                  text:
                    file: models.csv
                    form: horde-text
                headers: {X-Key: a}
                user: ada
                token-file: /token
                timeout: 5s
                most-lost: 50
                last-updated: updated#/last
                watch-interval: 10
            """);
    LinkSettings link = Objects.requireNonNull(settings.links().get(new LinkName("source")));
    assertEquals(Direction.REPLACE, link.direction());
    assertEquals(LinkSettings.API_RECONCILE, link.reconcile());
    ApiSettings api = assertInstanceOf(LinkSettings.Place.Api.class, link.place()).api();
    assertEquals(
        ApiSettings.Category.usual(URI.create("https://api.example.org/v1/clip"), "clip.json"),
        api.categories().get("clip"));
    assertEquals(
        new ApiSettings.Category(
            URI.create("https://other.example.org/all?x=1"),
            new FilePath("data/m.json"),
            Optional.of("name"),
            "/data",
            Optional.of("page p"),
            Optional.of(Path.of("/schemas/m.json")),
            ApiSettings.Form.JSON,
            5),
        api.categories().get("models"));
    assertEquals(
        ApiSettings.Form.HORDE_TEXT, Objects.requireNonNull(api.categories().get("text")).form());
    assertEquals(new ApiSettings.Limits(Duration.ofSeconds(5), 50), api.limits());
    assertEquals(
        Optional.of(
            new ApiSettings.LastUpdated(
                URI.create("https://api.example.org/v1/updated"), "/last", Duration.ofSeconds(10))),
        api.lastUpdated());
    assertEquals(Map.of("X-Key", "a"), api.access().headers());
    assertEquals(Optional.of(Path.of("/token")), api.access().token().orElseThrow().file());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "x: 1 | unknown key links.a.x",
        "direction: both | `json-api` goes in or replace",
        "categories: {b: {file: x.json}, c: {file: x.json}} | two categories are x.json",
        "categories: {b: {next: 2}} | `2` is not `link`",
        "categories: {b: {records: x}} | `x` is no JSON Pointer",
        "categories: {b: {fewest: 0}} | is not 1 to 1000000",
        "categories: {b: {form: xml}} | `xml` is not json or horde-text",
        "last-updated: updated | write the address, #, and a JSON Pointer",
        "categories: {} | name what is read"
      })
  void whatIsWrongWithAJsonApiIsTold(String line, String problem) {
    String categories = line.startsWith("categories") ? "" : ", categories: {b: }";
    var failure =
        assertThrows(
            SyncException.Invalid.class,
            () -> read("links: {a: {json-api: https://x.org, " + line + categories + "}}"));
    assertTrue(String.valueOf(failure.getMessage()).contains(problem), failure.getMessage());
  }
}

package dev.syncline.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.LinkSettings.Access;
import dev.syncline.server.config.LinkSettings.Place;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The files that the preset writes are files that workspaces can have. */
final class HordeWorkspacesTest {

  private static final WorkspaceName IMAGE = new WorkspaceName("horde-image");
  private static final WorkspaceName TEXT = new WorkspaceName("horde-text");

  @Test
  void oneForEachRepository() {
    Map<WorkspaceName, WorkspaceSettings> all = read(Map.of());
    assertEquals(List.of(IMAGE, TEXT), List.copyOf(all.keySet()));
    Place.Reviewed image = reviewed(all, IMAGE);
    assertEquals(
        "https://github.com/Haidra-Org/AI-Horde-image-model-reference.git", image.branch().url());
    assertEquals(
        List.of("automated", "sync", "ready-for-review"), image.requests().company().labels());
    assertEquals(Set.of(), image.requests().derived());
    assertEquals(1, reviewed(all, TEXT).requests().derived().size());
    var source = assertInstanceOf(Place.Api.class, place(all, TEXT, "source")).api();
    assertEquals(ApiSettings.Form.HORDE_TEXT, source.categories().firstEntry().getValue().form());
    assertEquals(
        "https://models.example.org/api/model_references/v1/text_generation",
        source.categories().firstEntry().getValue().address().toString());
  }

  @Test
  void secretsStayWhereTheyAre() {
    var variables = Map.of("GITHUB_TOKEN", "ghp_secret");
    var texts = HordeWorkspaces.of(HordeSettings.of(all(variables)));
    assertFalse(texts.toString().contains("ghp_secret"));
    Access.Token token =
        assertInstanceOf(Access.Token.class, reviewed(read(variables), IMAGE).branch().access());
    assertEquals(Optional.of("GITHUB_TOKEN"), token.token().variable());
  }

  @Test
  void anApp() {
    var app =
        assertInstanceOf(
            Access.App.class,
            reviewed(
                    read(
                        Map.of(
                            "GITHUB_APP_ID", "7", "GITHUB_APP_PRIVATE_KEY_PATH", "/keys/app.pem")),
                    TEXT)
                .branch()
                .access());
    assertEquals("7", app.id());
    assertEquals(Optional.empty(), app.installation());
    assertEquals(Optional.of(Path.of("/keys/app.pem")), app.key().file());
  }

  @Test
  void whatIsChosen() {
    Map<WorkspaceName, WorkspaceSettings> all =
        read(
            Map.of(
                "HORDE_GITHUB_SYNC_CATEGORIES_TO_SYNC", "clip,blip",
                "HORDE_GITHUB_SYNC_MIN_CHANGES_THRESHOLD", "5",
                "HORDE_GITHUB_SYNC_PR_REVIEWERS", "[\"anna\", \"it's\"]"));
    assertEquals(Set.of(IMAGE), all.keySet());
    PullRequestSettings requests = reviewed(all, IMAGE).requests();
    assertEquals(5, requests.fewest());
    assertEquals(List.of("anna", "it's"), requests.company().reviewers());
    assertEquals(Optional.empty(), requests.output());
    assertEquals(
        "[/blip.json, /clip.json]",
        String.valueOf(
            Optional.ofNullable(all.get(IMAGE))
                .map(it -> it.links().get(new LinkName("github")))
                .map(link -> link.mapping().include())
                .orElseThrow()));
  }

  private static Place.Reviewed reviewed(
      Map<WorkspaceName, WorkspaceSettings> all, WorkspaceName name) {
    return assertInstanceOf(Place.Reviewed.class, place(all, name, "github"));
  }

  private static Place place(
      Map<WorkspaceName, WorkspaceSettings> all, WorkspaceName name, String link) {
    return Optional.ofNullable(all.get(name))
        .map(settings -> settings.links().get(new LinkName(link)))
        .orElseThrow()
        .place();
  }

  private static Map<String, String> all(Map<String, String> variables) {
    var all = new HashMap<>(variables);
    all.put("HORDE_GITHUB_SYNC_PRIMARY_API_URL", "https://models.example.org/api");
    return all;
  }

  private static Map<WorkspaceName, WorkspaceSettings> read(Map<String, String> variables) {
    var read = new LinkedHashMap<WorkspaceName, WorkspaceSettings>();
    HordeWorkspaces.of(HordeSettings.of(all(variables)))
        .forEach((name, text) ->
            read.put(name, WorkspaceFile.read(name, text, Path.of("/data"), new Author("A", ""))));
    return read;
  }
}

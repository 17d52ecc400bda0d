package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people commit to the branch of a pull request reaches the source before it is merged. */
final class ReviewedEditsTest {

  private static final String BLIP = "{\"b\": {\"x\": 1}}\n";

  @TempDir Path folder;
  private ReferenceStage stage;

  @BeforeEach
  void start() throws IOException {
    stage = new ReferenceStage(folder, Map.of("clip.json", inGit(1, 2), "blip.json", BLIP));
    stage.source.serve("clip", said(5, 2));
    stage.source.serve("blip", BLIP);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void theSourceIsToldUntilItSaysTheSame() throws IOException {
    offerByRequests();
    stage.mustSync();
    assertEquals(List.of(), stage.source.told(), "what we proposed is nobody's edit");
    review(inGit(5, 22));
    String out = stage.mustSync();
    assertTrue(out.contains("1 record that people edited on the pull request: offered"), out);
    assertEquals(List.of("PUT /v1/clip/two {\"size\": 22}"), stage.source.told());
    stage.mustSync();
    assertEquals(List.of("PUT /v1/clip/two {\"size\": 22}"), stage.source.told());

    stage.source.serve("clip", said(5, 22));
    stage.mustSync();
    stage.source.told();
    stage.mustSync();
    assertEquals(List.of(), stage.source.told(), "it says the same now");
    assertTrue(stage.onlyPull().isOpen);
  }

  @Test
  void whatTheSourceChangedMeanwhileIsNotUndone() throws IOException {
    offerByRequests();
    stage.mustSync();
    stage.source.serve("clip", said(6, 2).replace("}}", ", \"note\": \"new\"}}"));
    stage.mustSync();
    review(inGit(50, 22));
    stage.source.serve("clip", said(7, 2).replace("}}", ", \"note\": \"newer\"}}"));
    stage.mustSync();
    stage.source.told();
    stage.mustSync();
    assertEquals(
        List.of("PUT /v1/clip/two {\"size\": 22, \"note\": \"newer\"}"), stage.source.told());
  }

  @Test
  void whatIsMergedIntoTheBranchIsToldOnce() throws IOException {
    offerByRequests();
    stage.mustSync();
    stage.forge.commit("main", "a better name", Map.of("blip.json", BLIP.replace("1", "7")));
    review(inGit(5, 22));
    String tree = stage.git("merge-tree", "--write-tree", ReferenceStage.BRANCH, "main");
    String merged =
        stage.git(
            "commit-tree", tree, "-p", ReferenceStage.BRANCH, "-p", "main", "-m", "Update branch");
    stage.git("update-ref", "refs/heads/" + ReferenceStage.BRANCH, merged);
    stage.mustSync();
    stage.source.told();
    stage.mustSync();
    assertEquals(
        List.of("PUT /v1/blip/b {\"x\": 7}", "PUT /v1/clip/two {\"size\": 22}"),
        stage.source.told().stream().sorted().toList());
  }

  @Test
  void aFileOfItsOwnUntilThePullRequestEnds() throws IOException {
    Path offer = folder.resolve("desk/offers.json");
    Path reviewed = folder.resolve("desk/offers.host.pull-request.json");
    stage.configure(file -> file + "    offer: {file: " + offer + "}\n");
    stage.mustSync();
    assertFalse(Files.exists(reviewed));
    review(inGit(5, 22));
    stage.mustSync();
    String text =
        """
        {
        "clip": {
        "added": {},
        "changed": {
        "two": {"fields": [
        {"path": "/size", "source": 2, "git": 22}
        ], "record": {"size": 22}}
        },
        "removed": []}
        }
        """;
    assertEquals(text, Files.readString(reviewed));
    assertFalse(Files.exists(offer));

    stage.forge.pulls().squash(stage.onlyPull().number);
    stage.mustSync();
    stage.mustSync();
    assertFalse(Files.exists(reviewed), "what is merged is an edit on the base branch");
    assertEquals(
        text.replace("{\"size\": 22}", "{\r\n\t\t\"size\": 22\r\n\t}"), Files.readString(offer));
    stage.source.serve("clip", said(5, 22));
    stage.mustSync();
    assertFalse(Files.exists(offer));
    assertEquals(1, stage.pulls());
  }

  @Test
  void aClosedPullRequestOffersNothing() throws IOException {
    Path reviewed = folder.resolve("desk/offers.host.pull-request.json");
    stage.configure(
        file -> file + "    offer: {file: " + folder.resolve("desk/offers.json") + "}\n");
    stage.mustSync();
    review(inGit(5, 22));
    stage.mustSync();
    assertTrue(Files.exists(reviewed));
    stage.forge.pulls().close(stage.onlyPull().number);
    stage.mustSync();
    assertFalse(Files.exists(reviewed));
  }

  @Test
  void whatCantBeToldFromTheProposalIsNotOffered() throws IOException {
    offerByRequests();
    stage.mustSync();
    stage.git("branch", "-f", ReferenceStage.BRANCH, "main");
    review(inGit(5, 22));
    String out = stage.mustSync();
    assertTrue(out.contains("can't be told from what was proposed"), out);
    review("{ no JSON");
    stage.mustSync();
    assertEquals(List.of(), stage.source.told());
  }

  @Test
  void withoutAnOfferNothingIsFetchedForIt() {
    stage.mustSync();
    review(inGit(5, 22));
    stage.forge.forgetRequests();
    stage.mustSync();
    assertEquals(List.of(), stage.source.told());
    assertEquals(5, stage.forge.gitRequests().size(), "to look, and for the newest commit");
  }

  private void offerByRequests() throws IOException {
    String root = stage.source.base() + "{category}";
    stage.configure(file ->
        file
            + """
                offer:
                  added: POST %s
                  changed: PUT %s/{key}
                  removed: DELETE %s/{key}
            """
                .formatted(root, root, root));
  }

  private void review(String clip) {
    stage.forge.commit(ReferenceStage.BRANCH, "better", Map.of("clip.json", clip));
  }

  private static String inGit(int one, int two) {
    return """
    {
    \t"one": {
    \t\t"size": %d
    \t},
    \t"two": {
    \t\t"size": %d
    \t}
    }
    """
        .replace("\n", "\r\n")
        .formatted(one, two);
  }

  private static String said(int one, int two) {
    return "{\"one\": {\"size\": %d}, \"two\": {\"size\": %d}}".formatted(one, two);
  }
}

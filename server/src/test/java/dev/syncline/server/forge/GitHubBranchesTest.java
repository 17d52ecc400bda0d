package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.server.forge.testforge.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Branches that an app moves to its commits lose nobody's. */
final class GitHubBranchesTest extends AppOnGitHub {

  @Test
  void aBranchIsMadeAndMovedForward() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    assertEquals(new Pushed.Done(), commits().move("sync/drift", Optional.empty(), one));
    CommitId two =
        commits().make(one, Map.of(new FilePath("a.json"), text("2")), List.of(one), "two");
    assertEquals(new Pushed.Done(), commits().move("sync/drift", Optional.of(one), two));
    assertEquals(two, tip("sync/drift"));
  }

  @Test
  void aBranchThatSomebodyMovedIsLeftAlone() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    commits().move("drift", Optional.empty(), one);
    CommitId two =
        commits().make(one, Map.of(new FilePath("a.json"), text("2")), List.of(one), "2");
    String theirs = gitHub().commit("drift", "theirs", Map.of("c", "c"));
    assertEquals(new Pushed.Moved(), commits().move("drift", Optional.of(one), two));
    assertEquals(new Pushed.Moved(), commits().move("drift", Optional.empty(), two));
    assertEquals(theirs, tip("drift").hex());
    gitHub().repository().git("branch", "-D", "drift");
    assertEquals(new Pushed.Moved(), commits().move("drift", Optional.of(one), two));
  }

  @Test
  void aBranchThatBeginsAnewKeepsItsPullRequest() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    commits().move("drift", Optional.empty(), one);
    long number = gitHub().pulls().make("anna", "drift", "main").number;
    CommitId anew = make(Map.of(new FilePath("a.json"), text("2")));
    assertEquals(new Pushed.Done(), commits().replace("drift", one, anew));
    assertEquals(anew, tip("drift"));
    assertTrue(gitHub().pulls().find(number).orElseThrow().isOpen);
    assertEquals(new Pushed.Moved(), commits().replace("drift", one, anew));
  }

  @Test
  void answersThatAreLostAreLookedUp() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    gitHub().trouble("POST /api/v3/repos/anna/notes/git/refs", Fault.doneButReset());
    assertEquals(new Pushed.Done(), commits().move("drift", Optional.empty(), one));
    CommitId two =
        commits().make(one, Map.of(new FilePath("a.json"), text("2")), List.of(one), "2");
    gitHub().trouble("PATCH", Fault.doneBut(502));
    assertEquals(new Pushed.Done(), commits().move("drift", Optional.of(one), two));
    gitHub().trouble("/git/commits", Fault.doneBut(500));
    gitHub().trouble("/git/commits", Fault.doneBut(500));
    make(Map.of(new FilePath("a.json"), text("3")));
    assertTrue(gitHub().isCalm());
    assertEquals(two, tip("drift"));
  }

  @Test
  void aBranchThatIsSeenLateIsOurs() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    gitHub().trouble("POST /api/v3/repos/anna/notes/git/refs", Fault.doneButReset());
    gitHub().trouble("/git/ref/", Fault.answer(404, "Not Found"));
    assertEquals(new Pushed.Done(), commits().move("drift", Optional.empty(), one));
    assertTrue(gitHub().isCalm());
  }

  @Test
  void nobodyIsReplacedWhoCameWhileAnAnswerWasLost() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    commits().move("drift", Optional.empty(), one);
    CommitId anew = make(Map.of(new FilePath("a.json"), text("2")));
    gitHub()
        .trouble(
            "PATCH",
            victim -> {
              gitHub().commit("drift", "theirs", Map.of("c", "c"));
              victim.reset();
            });
    assertEquals(new Pushed.Moved(), commits().replace("drift", one, anew));
    assertEquals("theirs", gitHub().repository().git("log", "-1", "--format=%s", "drift"));
  }

  @Test
  void aRuleThatRefusesIsQuoted() {
    CommitId one = make(Map.of(new FilePath("a.json"), text("1")));
    commits().move("drift", Optional.empty(), one);
    CommitId two =
        commits().make(one, Map.of(new FilePath("a.json"), text("2")), List.of(one), "2");
    gitHub().trouble("PATCH", Fault.answer(422, "Repository rule violations found"));
    Pushed pushed = commits().move("drift", Optional.of(one), two);
    assertEquals(
        "Repository rule violations found",
        assertInstanceOf(Pushed.Refused.class, pushed).reason());
  }
}

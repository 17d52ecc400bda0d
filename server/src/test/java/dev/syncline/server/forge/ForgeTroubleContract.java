package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.Text;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.forge.testforge.Reply;
import dev.syncline.server.forge.testforge.TestForge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds for pull requests on every forge, also when something goes wrong. */
abstract class ForgeTroubleContract extends PullRequestsContract {

  @Test
  void labelsThatCanNotBeAddedNowAreASentence() {
    PullRequest opened = open();
    for (int i = 0; i < 4; i++) {
      forge().trouble(" ", Fault.answer(500, "Server Error"));
    }
    var company = new Company(List.of("a", "b"), List.of(), List.of(), List.of());
    List<String> failures = pulls().add(opened, company);
    assertEquals(1, failures.size());
    assertTrue(failures.getFirst().startsWith("label a, b was not added: "), failures::toString);
  }

  @Test
  void anAnswerThatIsLostAfterOpeningOpensNoSecond() {
    forge().trouble("POST", Fault.doneBut(502));
    open();
    onlyWithText();
  }

  @Test
  void aConnectionThatEndsAfterOpeningOpensNoSecond() {
    forge().trouble("POST", Fault.doneButReset());
    open();
    onlyWithText();
  }

  @Test
  void whatFailsBeforeAnythingHappenedIsDoneAgain() {
    forge().trouble("POST", Fault.reset());
    forge().trouble("POST", Fault.answer(503, "unavailable"));
    open();
    onlyWithText();
  }

  @Test
  void whatIsOpenedByAnotherMeanwhileIsTaken() {
    forge()
        .trouble(
            "POST",
            Fault.meanwhile(
                () -> forge().pulls().make("anna", FROM_HERE, "main").title = "theirs"));
    open();
    onlyWithText();
  }

  @Test
  void readsAreRepeated() {
    open();
    forge().trouble("GET", Fault.answer(502, "Bad Gateway"));
    forge().trouble("GET", Fault.reset());
    forge().trouble("GET", Fault.answer(500, "Server Error"));
    assertEquals(TEXT, newest().text());
    assertTrue(forge().isCalm());
  }

  @Test
  void troubleThatStaysIsSaid() {
    for (int i = 0; i < 4; i++) {
      forge().trouble("GET", Fault.answer(502, "Bad Gateway"));
    }
    var e = assertThrows(SyncException.Unavailable.class, this::newest);
    assertTrue(String.valueOf(e.getMessage()).contains("Bad Gateway"), e::toString);
  }

  @Test
  void aCommentWhoseAnswerIsLostIsSaidOnce() {
    PullRequest opened = open();
    forge().trouble("POST", Fault.doneButReset());
    pulls().comment(opened, "said once");
    forge().trouble("POST", Fault.reset());
    pulls().comment(opened, "said at last");
    assertEquals(List.of("said once", "said at last"), only().comments);
  }

  @Test
  void changingAndClosingSurviveLostAnswers() {
    PullRequest opened = open();
    String method = kind() == ForgeKind.GITLAB ? "PUT" : "PATCH";
    forge().trouble(method, Fault.doneBut(500));
    pulls().edit(opened, new Text("Other", "words"));
    forge().trouble(method, Fault.doneButReset());
    pulls().close(opened);
    assertEquals("Other", only().title);
    assertFalse(only().isOpen);
  }

  @Test
  void anotherRequestIsMadeWhenTheForgeWantsIt() {
    Instant before = clock.instant();
    forge().trouble("POST", Fault.answer(Reply.error(429, "Too many").with("Retry-After", "70")));
    open();
    assertTrue(Duration.between(before, clock.instant()).toSeconds() >= 70);
    onlyWithText();
  }

  @Test
  void aLongWaitIsLeftToTheCaller() {
    forge().trouble("POST", Fault.answer(Reply.error(429, "Too many").with("Retry-After", "900")));
    Instant before = clock.instant();
    var e = assertThrows(SyncException.Unavailable.class, this::open);
    assertEquals(Optional.of(before.plusSeconds(900)), e.notBefore());
    assertEquals(List.of(), forge().pulls().all());
  }

  @Test
  void anOutageThatNamesItsEndIsWaitedFor() {
    Instant before = clock.instant();
    Reply outage = Reply.error(503, "Service Unavailable");
    forge().trouble("POST", Fault.answer(outage.with("Retry-After", "70")));
    open();
    assertTrue(Duration.between(before, clock.instant()).toSeconds() >= 70);
    onlyWithText();
    clock.move(Duration.ofSeconds(1)); // GitHub is left alone for as long after a change.
    forge().trouble("GET", Fault.answer(outage.with("Retry-After", "900")));
    Instant end = clock.instant().plusSeconds(900);
    var e = assertThrows(SyncException.Unavailable.class, this::newest);
    assertEquals(Optional.of(end), e.notBefore());
  }

  @Test
  void aWrongTokenIsDeniedAndNeverShown() {
    String wrong = "ghp_secretsecret";
    PullRequests denied = pulls(wrong);
    var e = assertThrows(SyncException.Denied.class, () -> denied.newest(FROM_HERE, "main"));
    assertTrue(String.valueOf(e.getMessage()).contains("401"), e::toString);
    forge().trouble("POST", Fault.answer(403, "token " + TestForge.TOKEN + " may not"));
    e = assertThrows(SyncException.Denied.class, this::open);
    assertTrue(String.valueOf(e.getMessage()).contains("token *** may not"), e::toString);
  }

  @Test
  void aRepositoryThatIsNotThereIsDenied() {
    PullRequests elsewhere =
        forges.pullRequests(
            ForgeRepository.of(
                forge().url().replace("notes", "nowhere"), Optional.of(kind()), Optional.empty()),
            new Login.Token(() -> TestForge.TOKEN));
    var e = assertThrows(SyncException.Denied.class, () -> elsewhere.newest(FROM_HERE, "main"));
    assertTrue(String.valueOf(e.getMessage()).contains("anna/nowhere"), e::toString);
  }
}

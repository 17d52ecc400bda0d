package dev.syncline.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.merge.Side;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a run would do; what both sides changed is in the conflict matrix. */
final class PlannerTest {

  @Test
  void nothingChangedIsNothingToDo() {
    Proposal proposal = new Scene().agreed("a", "text").proposal();
    assertEquals(Changes.NONE, proposal.toLedger());
    assertEquals(Changes.NONE, proposal.toEndpoint());
  }

  @Test
  void whatOneSideChangedGoesToTheOther() {
    Scene scene =
        new Scene()
            .agreed("edited", "1")
            .agreed("gone", "1")
            .endpoint("edited", "2")
            .endpointRemoves("gone")
            .ledger("new", "3");
    Proposal proposal = scene.proposal();
    assertEquals(Map.of("edited", "2", "new", "3"), scene.ledgerAfter(proposal));
    assertEquals(Map.of("edited", "2", "new", "3"), scene.endpointAfter(proposal));
  }

  @Test
  void whatBothSidesDidAlikeIsNoConflict() {
    Scene scene =
        new Scene()
            .agreed("a", "1")
            .agreed("b", "1")
            .ledger("a", "2")
            .endpoint("a", "2")
            .ledgerRemoves("b")
            .endpointRemoves("b");
    Proposal proposal = scene.proposal();
    assertEquals(Changes.NONE, proposal.toLedger());
    assertEquals(Changes.NONE, proposal.toEndpoint());
  }

  @Test
  void oneConflictHoldsUpNothingElse() {
    Scene scene =
        new Scene()
            .agreed("a", "1\n")
            .agreed("b", "1\n")
            .ledger("a", "2\n")
            .endpoint("a", "3\n")
            .endpoint("b", "2\n");
    Proposal proposal = scene.proposal();
    assertEquals(Set.of(new FilePath("a")), proposal.waiting().keySet());
    assertEquals(Map.of("a", "2\n", "b", "2\n"), scene.ledgerAfter(proposal));
    assertEquals(Map.of("a", "3\n", "b", "2\n"), scene.endpointAfter(proposal));
  }

  @Test
  void whatCouldNotBeLookedAtStaysAsItIs() {
    Scene scene =
        new Scene().agreed("a", "1").agreed("b", "1").ledger("a", "2").ledger("b", "2").unseen("a");
    Proposal proposal = scene.proposal();
    assertEquals(Map.of("a", "1", "b", "2"), scene.endpointAfter(proposal));
    assertEquals(Set.of(new FilePath("a")), proposal.open());
  }

  @Test
  void aFileThatTheLedgerHasNoPlaceForWaits() {
    Scene scene = new Scene().endpoint("a", "1").endpoint("b", "1").blocked("a");
    Proposal proposal = scene.proposal();
    assertEquals(Map.of("b", "1"), scene.ledgerAfter(proposal));
    var sides = new ThreeWay(Optional.empty(), Optional.empty(), Optional.of(scene.file("1")));
    assertEquals(
        Map.of(
            new FilePath("a"),
            new Proposal.Waiting(
                sides, "the ledger holds something there that this link doesn't see")),
        proposal.waiting());
  }

  @Test
  void twoVersionsWaitIfTheLinkSeesNoSecondName() {
    Scene scene =
        new Scene()
            .ledger("a", "\0one")
            .endpoint("a", "\0two")
            .linkSees(path -> path.equals(new FilePath("a")));
    Proposal proposal = scene.proposal();
    assertEquals(Set.of(new FilePath("a")), proposal.waiting().keySet());
    assertEquals(Changes.NONE, proposal.toLedger());
    assertEquals(Changes.NONE, proposal.toEndpoint());
  }

  @Test
  void anEndpointThatOnlyTellsIsNotWritten() {
    Scene scene = new Scene().agreed("a", "1").agreed("b", "1").ledger("a", "2").endpoint("b", "2");
    Proposal proposal = scene.proposal(Direction.IN, NamedPolicy.rules(Map.of()));
    assertEquals(Map.of("a", "2", "b", "2"), scene.ledgerAfter(proposal));
    assertEquals(Changes.NONE, proposal.toEndpoint());
  }

  @Test
  void whatIsDoneAtAnEndpointThatOnlyFollowsIsUndoneAndKeptInTheHistory() {
    Scene scene =
        new Scene().agreed("a", "1").agreed("b", "1").endpoint("a", "2").endpointRemoves("b");
    Proposal proposal = scene.proposal(Direction.OUT, NamedPolicy.rules(Map.of()));
    assertEquals(Map.of("a", "1", "b", "1"), scene.endpointAfter(proposal));
    assertEquals(Changes.NONE, proposal.toLedger());
    assertEquals(Set.of(new FilePath("a")), proposal.hidden());
  }

  @Test
  void aVersionThatIsSetAsideIsToldAndHidden() {
    Scene scene = new Scene().agreed("a", "1").ledger("a", "2").endpoint("a", "3");
    Proposal proposal = scene.proposal("ours");
    assertEquals(
        List.of(new Overruled(new FilePath("a"), Side.THEIRS, Optional.of(scene.file("3")))),
        proposal.overruled());
    assertEquals(Set.of(new FilePath("a")), proposal.hidden());
    assertEquals(Set.of(), scene.proposal("theirs").hidden());
  }

  @Test
  void aVersionThatWasMergedIsHiddenAndOneThatWasCopiedIsNot() {
    Scene merged =
        new Scene().agreed("a", "1\n2\n3\n").ledger("a", "0\n2\n3\n").endpoint("a", "1\n2\n4\n");
    assertEquals(Set.of(new FilePath("a")), merged.proposal().hidden());
    assertEquals(Map.of("a", "0\n2\n4\n"), merged.ledgerAfter(merged.proposal()));
    Scene copied = new Scene().ledger("a", "\0one").endpoint("a", "\0two");
    assertEquals(Set.of(), copied.proposal().hidden());
  }

  @Test
  void aFileMadeOfBothMayBeRunIfEitherMay() {
    Scene scene = new Scene();
    scene.ledger("a", Optional.of(scene.version("{\"x\":1}", FileMode.EXECUTABLE)));
    scene.endpoint("a", Optional.of(scene.file("{\"y\":1}")));
    Proposal proposal = scene.proposal("json");
    assertEquals(
        List.of(FileMode.EXECUTABLE),
        scene.ledgerFilesAfter(proposal).values().stream().map(FileVersion::mode).toList());
  }
}

package dev.syncline.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.merge.Side;
import dev.syncline.core.model.FilePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A file on one side where the other has a folder. */
final class ClashesTest {

  @Test
  void theLedgersFileMakesRoomForAFolder() {
    Scene scene = new Scene().ledger("a.txt", "file").endpoint("a.txt/x", "in a folder");
    assertBoth(scene, Map.of("a (from ledger).txt", "file", "a.txt/x", "in a folder"));
  }

  @Test
  void theEndpointsFileMakesRoomForAFolder() {
    Scene scene = new Scene().ledger("a/x", "in a folder").endpoint("a", "file");
    assertBoth(scene, Map.of("a (from laptop)", "file", "a/x", "in a folder"));
  }

  @Test
  void theSecondNameIsOneThatNobodyHas() {
    Scene scene =
        new Scene()
            .ledger("a/x", "in a folder")
            .ledger("a (from laptop)/y", "taken")
            .endpoint("a (from laptop 2)", "taken too")
            .endpoint("a", "file");
    assertBoth(
        scene,
        Map.of(
            "a/x", "in a folder",
            "a (from laptop)/y", "taken",
            "a (from laptop 2)", "taken too",
            "a (from laptop 3)", "file"));
  }

  @Test
  void aPolicyThatPicksASideTakesAllOfIt() {
    Scene scene =
        new Scene()
            .ledger("a/x", "1")
            .ledger("a/y/z", "2")
            .endpoint("a", "file")
            .endpoint("b", "3");
    Proposal ours = scene.proposal("ours");
    assertEquals(Map.of("a/x", "1", "a/y/z", "2", "b", "3"), scene.endpointAfter(ours));
    assertEquals(
        List.of(
            new Overruled(new FilePath("a"), Side.THEIRS, Optional.of(scene.file("file"))),
            new Overruled(new FilePath("a/x"), Side.THEIRS, Optional.empty()),
            new Overruled(new FilePath("a/y/z"), Side.THEIRS, Optional.empty())),
        ours.overruled());
    assertEquals(Map.of("a", "file", "b", "3"), scene.ledgerAfter(scene.proposal("theirs")));
  }

  @Test
  void aFileWithoutASecondNameThatTheLinkSeesStaysInTheHistory() {
    Scene scene =
        new Scene()
            .ledger("a/x", "in a folder")
            .endpoint("a", "file")
            .linkSees(path -> !path.value().contains("from"));
    Proposal proposal = scene.proposal();
    assertEquals(Map.of("a/x", "in a folder"), scene.endpointAfter(proposal));
    assertEquals(Set.of(new FilePath("a")), proposal.hidden());
    assertEquals(
        List.of(new Overruled(new FilePath("a"), Side.THEIRS, Optional.of(scene.file("file")))),
        proposal.overruled());
  }

  @Test
  void nothingIsDoneThereAsLongAsAPartOfItCannotBeSeen() {
    Scene scene =
        new Scene().agreed("b", "1").ledger("a/x", "1").endpoint("a", "file").unseen("a/x");
    Proposal proposal = scene.proposal();
    assertEquals(Map.of("b", "1", "a", "file"), scene.endpointAfter(proposal));
    assertEquals(Map.of("b", "1", "a/x", "1"), scene.ledgerAfter(proposal));
    assertEquals(Set.of(new FilePath("a"), new FilePath("a/x")), proposal.open());
  }

  @Test
  void anEndpointThatOnlyFollowsGetsTheLedgersFolder() {
    Scene scene = new Scene().ledger("a/x", "in a folder").endpoint("a", "file");
    Proposal proposal = scene.proposal(Direction.OUT, NamedPolicy.rules(Map.of()));
    assertEquals(Map.of("a/x", "in a folder"), scene.endpointAfter(proposal));
    assertEquals(Set.of(new FilePath("a")), proposal.hidden());
  }

  private static void assertBoth(Scene scene, Map<String, String> files) {
    Proposal proposal = scene.proposal();
    assertEquals(files, scene.ledgerAfter(proposal));
    assertEquals(files, scene.endpointAfter(proposal));
  }
}

package dev.syncline.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.merge.NamedPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Edits that follow renames. */
final class MovesTest {

  @Test
  void anEditFollowsARenameInTheLedger() {
    Scene scene =
        new Scene()
            .agreed("a", "text")
            .ledgerRemoves("a")
            .ledger("b", "text")
            .endpoint("a", "more");
    assertBoth(scene, Map.of("b", "more"));
  }

  @Test
  void anEditFollowsARenameAtTheEndpoint() {
    Scene scene =
        new Scene()
            .agreed("a", "text")
            .endpointRemoves("a")
            .endpoint("b", "text")
            .ledger("a", "more");
    assertBoth(scene, Map.of("b", "more"));
  }

  @Test
  void twoRenamesOfOneFileAreTwoFiles() {
    Scene scene =
        new Scene()
            .agreed("a", "text")
            .ledgerRemoves("a")
            .ledger("b", "text")
            .endpointRemoves("a")
            .endpoint("c", "text");
    assertBoth(scene, Map.of("b", "text", "c", "text"));
  }

  @Test
  void noRenameIsSeenWhereTheSameContentsArriveTwice() {
    Scene scene =
        new Scene()
            .agreed("a", "text")
            .ledgerRemoves("a")
            .ledger("b", "text")
            .ledger("c", "text")
            .endpoint("a", "more");
    assertBoth(scene, Map.of("a", "more", "b", "text", "c", "text"));
  }

  @Test
  void noEditGoesWhereItsOwnSidePutSomethingElse() {
    Scene scene =
        new Scene()
            .agreed("a", "text")
            .ledgerRemoves("a")
            .ledger("b", "text")
            .endpoint("a", "more")
            .endpoint("b", "\0other");
    assertBoth(scene, Map.of("a", "more", "b", "text", "b (from laptop)", "\0other"));
  }

  @Test
  void noEditGoesIntoWhatItsOwnSideMadeAFolder() {
    Scene scene =
        new Scene()
            .agreed("a", "text")
            .endpointRemoves("a")
            .endpoint("b", "text")
            .ledger("a", "more")
            .ledger("b/x", "in a folder");
    Proposal proposal = scene.proposal("ours");
    // With "theirs renamed it" refused, the ledger's own edit stays where it was.
    assertEquals(Map.of("a", "more", "b/x", "in a folder"), scene.ledgerAfter(proposal));
    assertEquals(scene.ledgerAfter(proposal), scene.endpointAfter(proposal));
  }

  @Test
  void noEditFollowsThatMayHaveBeenMadeAfterTheFileWasGone() {
    Scene scene =
        new Scene()
            .agreed("a", "text")
            .ledgerRemoves("a")
            .ledger("b", "text")
            .endpoint("a", "a new file")
            .inDoubt("a");
    assertBoth(scene, Map.of("a", "a new file", "b", "text"));
  }

  @Test
  void anEndpointThatOnlyFollowsRenamesNothing() {
    Scene scene =
        new Scene()
            .agreed("a", "text")
            .endpointRemoves("a")
            .endpoint("b", "text")
            .ledger("a", "more");
    Proposal proposal = scene.proposal(Direction.OUT, NamedPolicy.rules(Map.of()));
    assertEquals(Map.of("a", "more"), scene.ledgerAfter(proposal));
    assertEquals(Map.of("a", "more"), scene.endpointAfter(proposal));
  }

  private static void assertBoth(Scene scene, Map<String, String> files) {
    Proposal proposal = scene.proposal();
    assertEquals(files, scene.ledgerAfter(proposal));
    assertEquals(files, scene.endpointAfter(proposal));
  }
}

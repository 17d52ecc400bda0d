package dev.syncline.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a person has to approve. */
final class SafeguardTest {

  private static final String LONG = "a line of a file\n".repeat(100);

  @Test
  void twentyFiveFilesMayGo() {
    assertInstanceOf(Plan.Proceed.class, deleting(25, files(100)).plan(Safeguard.USUAL));
  }

  @Test
  void moreThanTwentyFiveFilesAndMoreThanATenthAreHeld() {
    Plan.Hold hold =
        assertInstanceOf(Plan.Hold.class, deleting(26, files(100)).plan(Safeguard.USUAL));
    assertEquals("26 of 100 files would be deleted or emptied in the ledger", hold.reason());
  }

  @Test
  void aTenthOfManyFilesMayGo() {
    assertInstanceOf(Plan.Proceed.class, deleting(40, files(400)).plan(Safeguard.USUAL));
    assertInstanceOf(Plan.Hold.class, deleting(41, files(400)).plan(Safeguard.USUAL));
  }

  @Test
  void allFilesAreHeldHoweverFew() {
    Plan.Hold hold = assertInstanceOf(Plan.Hold.class, deleting(2, files(2)).plan(Safeguard.USUAL));
    assertEquals("all 2 files would be deleted in the ledger", hold.reason());
  }

  @Test
  void theOnlyFileMayGo() {
    assertInstanceOf(Plan.Proceed.class, deleting(1, files(1)).plan(Safeguard.USUAL));
  }

  @Test
  void filesThatLostNearlyAllOfTheirContentsCountAsGone() {
    Scene scene = files(100);
    IntStream.range(0, 26).forEach(at -> scene.endpoint("file " + at, "short " + at));
    assertInstanceOf(Plan.Hold.class, scene.plan(Safeguard.USUAL));
  }

  @Test
  void whatAMergeMadeHasASizeBeforeItIsStored() {
    Scene scene = new Scene().agreed("file", "first\n" + LONG + "\nlast\n");
    scene.ledger("file", "ours\n" + LONG + "\nlast\n");
    scene.endpoint("file", "first\n" + LONG + "\ntheirs\n");
    assertInstanceOf(Plan.Proceed.class, scene.plan(Safeguard.USUAL));
  }

  @Test
  void filesThatLostHalfOfTheirContentsAreEdited() {
    Scene scene = files(100);
    IntStream.range(0, 90)
        .forEach(at -> scene.endpoint("file " + at, LONG.substring(LONG.length() / 2) + at));
    assertInstanceOf(Plan.Proceed.class, scene.plan(Safeguard.USUAL));
  }

  @Test
  void smallFilesMayShrinkAsTheyLike() {
    Scene scene = new Scene();
    IntStream.range(0, 100).forEach(at -> scene.agreed("file " + at, "a few words " + at));
    IntStream.range(0, 90).forEach(at -> scene.endpoint("file " + at, ""));
    assertInstanceOf(Plan.Proceed.class, scene.plan(Safeguard.USUAL));
  }

  @Test
  void movedFilesAreNotGone() {
    Scene scene = deleting(90, files(100));
    IntStream.range(0, 90).forEach(at -> scene.endpoint("moved/" + at, LONG + at));
    assertInstanceOf(Plan.Proceed.class, scene.plan(Safeguard.USUAL));
  }

  @Test
  void itGuardsTheEndpointToo() {
    Scene scene = files(100);
    IntStream.range(0, 26).forEach(at -> scene.ledgerRemoves("file " + at));
    Plan.Hold hold = assertInstanceOf(Plan.Hold.class, scene.plan(Safeguard.USUAL));
    assertEquals("26 of 100 files would be deleted or emptied at the endpoint", hold.reason());
  }

  @Test
  void whatAnEndpointIsAlarmedAboutIsHeld() {
    Scene scene = files(3).alarm("the history was rewritten");
    Plan.Hold hold = assertInstanceOf(Plan.Hold.class, scene.plan(Safeguard.USUAL));
    assertEquals("the history was rewritten", hold.reason());
  }

  @Test
  void whoApprovesOneLossApprovesNoOther() {
    Plan.Hold first =
        assertInstanceOf(Plan.Hold.class, deleting(30, files(100)).plan(Safeguard.USUAL));
    Plan.Hold again =
        assertInstanceOf(
            Plan.Hold.class, deleting(30, files(100)).endpoint("new", "new").plan(Safeguard.USUAL));
    Plan.Hold other =
        assertInstanceOf(Plan.Hold.class, deleting(31, files(100)).plan(Safeguard.USUAL));
    assertEquals(first.fingerprint(), again.fingerprint());
    assertNotEquals(first.fingerprint(), other.fingerprint());
  }

  private static Scene files(int count) {
    var scene = new Scene();
    IntStream.range(0, count).forEach(at -> scene.agreed("file " + at, LONG + at));
    return scene;
  }

  private static Scene deleting(int count, Scene scene) {
    IntStream.range(0, count).forEach(at -> scene.endpointRemoves("file " + at));
    return scene;
  }
}

package dev.syncline.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.merge.ByRecord;
import dev.syncline.core.merge.OnClash;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.merge.Side;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A link that makes the ledger say what its endpoint says. */
final class ReplacingTest {

  private static final Policies BY_RECORD =
      new Policies(List.of(), new ByRecord(new ByRecord.Records.Members(), OnClash.WAIT_FIELD));

  @Test
  void whatTheLedgerChangedIsChangedBack() {
    Scene scene = new Scene().agreed("a", "{\"x\": 1}").ledger("a", "{\"x\": 2}");
    Proposal proposal = replaced(scene);
    assertEquals(Map.of("a", "{\"x\": 1}"), scene.ledgerAfter(proposal));
    assertEquals(Changes.NONE, proposal.toEndpoint());
    assertEquals(Map.of(), proposal.waiting());
  }

  @Test
  void recordsThatTheSourceLacksGoAndTheLayoutStays() {
    Scene scene =
        new Scene()
            .agreed("a", "{\"x\":1,\"y\":2}")
            .ledger("a", "{\r\n\t\"y\": 2,\r\n\t\"x\": 1,\r\n\t\"z\": 3\r\n}\r\n")
            .endpoint("a", "{\"x\":1,\"y\":4}");
    assertEquals(
        Map.of("a", "{\r\n\t\"y\": 4,\r\n\t\"x\": 1\r\n}\r\n"), scene.ledgerAfter(replaced(scene)));
  }

  @Test
  void theSameMeaningIsNoChange() {
    Scene scene =
        new Scene()
            .agreed("a", "{\"x\":1}")
            .ledger("a", "{ \"x\" : 1.0 }")
            .endpoint("a", "{\n  \"x\": 1\n}\n");
    assertEquals(Changes.NONE, replaced(scene).toLedger());
  }

  @Test
  void whatTheLedgerDeletedComesBackAndWhatTheSourceDeletedGoes() {
    Scene scene =
        new Scene()
            .agreed("back", "1")
            .agreed("gone", "1")
            .ledgerRemoves("back")
            .endpointRemoves("gone");
    assertEquals(Map.of("back", "1"), scene.ledgerAfter(replaced(scene)));
  }

  @Test
  void filesThatOnlyTheLedgerEverHadStay() {
    Scene scene = new Scene().ledger("README", "hello").endpoint("a", "1");
    assertEquals(Map.of("README", "hello", "a", "1"), scene.ledgerAfter(replaced(scene)));
  }

  @Test
  void whatCanNotBeMergedIsTakenAsItIsAndToldOf() {
    Scene scene = new Scene().agreed("a", "{\"x\": 1}").ledger("a", "no JSON");
    Proposal proposal = replaced(scene);
    assertEquals(Map.of("a", "{\"x\": 1}"), scene.ledgerAfter(proposal));
    assertEquals(
        List.of(new Overruled(new FilePath("a"), Side.OURS, Optional.of(scene.file("no JSON")))),
        proposal.overruled());
  }

  @Test
  void aFolderThereTakesThePlaceOfTheLedgersFile() {
    Scene scene = new Scene().ledger("a", "file").endpoint("a/b", "1");
    assertEquals(Map.of("a/b", "1"), scene.ledgerAfter(replaced(scene)));
  }

  private static Proposal replaced(Scene scene) {
    return scene.proposal(Direction.REPLACE, BY_RECORD);
  }
}

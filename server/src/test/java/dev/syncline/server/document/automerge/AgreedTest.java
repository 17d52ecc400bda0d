package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.GeneratedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class AgreedTest {

  private final List<GeneratedChange> line = Given.line(6);
  private final History history = Given.history(line.subList(0, 4));
  private final Agreed agreed = new Agreed();

  private static List<ChangeHash> heads(GeneratedChange... changes) {
    return Given.hashes(List.of(changes));
  }

  @Test
  void headsThatThePeerToldAndThatAreDurableHereAreShared() {
    agreed.told(heads(line.get(2)));
    assertEquals(heads(line.get(2)), agreed.heads(history));
  }

  @Test
  void headsThatWeLackAreNotSharedUntilTheyAreDurable() {
    agreed.told(heads(line.get(2)));
    agreed.told(heads(line.get(4)));
    assertEquals(heads(line.get(2)), agreed.heads(history));
    history.load(Given.change(line.get(4)), 4);
    assertEquals(heads(line.get(4)), agreed.heads(history));
  }

  @Test
  void aNewerListThatIsSharedStandsForAllOlderOnes() {
    agreed.told(heads(line.get(4)));
    agreed.told(heads(line.get(3)));
    assertEquals(heads(line.get(3)), agreed.heads(history));
    history.load(Given.change(line.get(4)), 4);
    assertEquals(heads(line.get(3)), agreed.heads(history));
  }

  @Test
  void theKnownPartOfAListIsSharedInAddition() {
    GeneratedChange own = new ChangeGenerator(new Random(5)).on(List.of());
    agreed.told(heads(line.get(1), own));
    assertEquals(heads(line.get(1)), agreed.heads(history));
  }

  @Test
  void listsOfUnknownHeadsTakeBoundedMemoryHoweverLongTheyAre() {
    agreed.told(heads(line.get(5)));
    for (int i = 0; i < 1000; i++) {
      var many = new ArrayList<ChangeHash>();
      for (int h = 0; h < 1000; h++) {
        many.add(new ChangeHash(i, h, 0, 0));
      }
      agreed.told(many);
    }
    // The newest list is the peer's present heads, which are kept anyway.
    assertTrue(agreed.remembered() <= Agreed.MAX_TOLD_HASHES + 1000, "" + agreed.remembered());
  }

  @Test
  void aLongListIsSharedAllTheSameWhileItIsTheNewest() {
    var generator = new ChangeGenerator(new Random(6));
    var many = new ArrayList<GeneratedChange>();
    for (int i = 0; i < 2 * Agreed.MAX_TOLD_HASHES; i++) {
      many.add(generator.on(List.of(), 1));
    }
    agreed.told(Given.hashes(many));
    assertEquals(Given.hashes(many), agreed.heads(Given.history(many)));
  }

  @Test
  void fromNothingMeansThatNothingIsShared() {
    agreed.told(heads(line.get(2)));
    assertEquals(heads(line.get(2)), agreed.heads(history));
    agreed.forget();
    assertEquals(List.of(), agreed.heads(history));
  }
}

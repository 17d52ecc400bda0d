package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.document.automerge.Waiting.Waiter;
import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.GeneratedChange;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class WaitingTest {

  private final List<GeneratedChange> line = Given.line(4);
  private final Waiting waiting = new Waiting(10_000);

  private boolean add(int index) {
    return waiting.add(
        new Waiter(Given.change(line.get(index)), History.NOT_STORED), hash(index - 1));
  }

  private ChangeHash hash(int index) {
    return Given.hash(line.get(index));
  }

  @Test
  void whatWaitedForAChangeIsReleasedByIt() {
    add(1);
    add(2);
    assertEquals(
        List.of(hash(1)),
        waiting.release(hash(0)).stream().map(waiter -> waiter.change().hash()).toList());
    assertFalse(waiting.contains(hash(1)));
    assertTrue(waiting.contains(hash(2)));
    assertEquals(List.of(), waiting.release(hash(0)));
  }

  @Test
  void memoryIsGivenBack() {
    assertTrue(add(1));
    assertTrue(waiting.memory() > 0);
    waiting.release(hash(0));
    assertEquals(0, waiting.memory());
    assertEquals(0, waiting.size());
  }

  @Test
  void whatDoesNotFitIsForgotten() {
    var generator = new ChangeGenerator(new Random(1));
    GeneratedChange large = generator.on(List.of(line.get(0).hash()), 20_000);
    assertFalse(waiting.add(new Waiter(Given.change(large), History.NOT_STORED), hash(0)));
    assertEquals(0, waiting.size());
  }

  @Test
  void onlyWhatNeitherWaitsNorIsKnownIsMissing() {
    add(2);
    add(3);
    assertEquals(List.of(hash(1)), waiting.missingFor(List.of(hash(3)), hash(0)::equals));
    assertEquals(List.of(), waiting.missingFor(List.of(hash(0)), hash(0)::equals));
  }
}

package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.testkit.automerge.ClientFrames;
import dev.syncline.testkit.automerge.GeneratedChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class JumpingClockTest {

  private static final String STORAGE = "00000000-0000-0000-0000-0000000000aa";

  private final Stage stage = new Stage();

  @ParameterizedTest
  @ValueSource(longs = {3650, 1, -1, -3650})
  void anIdleDocumentLeavesMemoryAfterTheClockHasJumped(long days) {
    Line line = stage.join("a");
    stage.send(line, List.of(stage.generator.on(List.of())));
    stage.settle();
    stage.clock.move(Duration.ofDays(days));
    stage.server.sweep();
    stage.settle();
    stage.clock.move(Stage.LIMITS.idleAfter().plusSeconds(1));
    stage.server.sweep();
    stage.settle();
    assertEquals(0, stage.server.metrics().open().bytes());
  }

  @ParameterizedTest
  @ValueSource(longs = {3650, -3650})
  void editsGoOnAfterTheClockHasJumped(long days) {
    Line line = stage.join("a");
    GeneratedChange first = stage.generator.on(List.of());
    stage.send(line, List.of(first));
    stage.settle();
    stage.clock.move(Duration.ofDays(days));
    stage.server.sweep();
    stage.settle();
    GeneratedChange second = stage.generator.on(List.of(first.hash()));
    stage.send(line, List.of(second));
    stage.settle();
    assertEquals(List.of(second.hash()), line.syncs().getLast().heads());
  }

  @Test
  void newsOfRemoteHeadsIsAlwaysNewerThanTheNewsBefore() {
    Line watcher = stage.join("watcher");
    stage.send(watcher, List.of());
    watcher.say(ClientFrames.subscribe("watcher", STORAGE));
    var author = new Line("author", stage.server, Access.OPEN, frame -> {});
    author.say(ClientFrames.join("author", STORAGE));
    stage.settle();
    watcher.heard.clear();
    List<GeneratedChange> changes = stage.generator.history(6);
    for (int i = 0; i < changes.size(); i++) {
      stage.send(author, changes.subList(0, i + 1));
      stage.settle();
      stage.clock.move(Duration.ofDays(i % 2 == 0 ? -400 : 30));
    }
    double last = 0;
    int count = 0;
    for (Map<String, Object> frame : watcher.heard) {
      if ("remote-heads-changed".equals(frame.get("type"))
          && frame.get("newHeads") instanceof Map<?, ?> heads
          && heads.get(STORAGE) instanceof Map<?, ?> state
          && state.get("timestamp") instanceof Number time) {
        assertTrue(time.doubleValue() > last, "clients ignore old news");
        last = time.doubleValue();
        count++;
      }
    }
    assertEquals(changes.size(), count);
  }
}

package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.testkit.MapSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next start does with what a process left behind that ended in the middle. */
final class RecoveryTest extends FolderStage {

  @BeforeEach
  void adopt() {
    open().close();
  }

  @Test
  void aCopyThatWasNotPutInPlaceIsDropped() throws IOException {
    left("new-0", "half a fi");
    left("old-7", "of nobody");
    assertEquals(Map.of(), seen());
  }

  @Test
  void aNewFileThatWasReadyIsDropped() throws IOException {
    folder().write("a", "before");
    left("new-0", "ours");
    intend("a", Optional.of("before"), Optional.of("ours"));
    assertEquals(Map.of("a", "+before"), seen());
  }

  @Test
  void anOldFileThatTheLedgerKnowsIsDropped() throws IOException {
    folder().write("a", "ours");
    left("new-0", "before");
    intend("a", Optional.of("before"), Optional.of("ours"));
    assertEquals(Map.of("a", "+ours"), seen());
  }

  @Test
  void aVersionThatNobodySawComesBack() throws IOException {
    folder().write("a/b", "ours");
    left("new-0", "theirs");
    intend("a/b", Optional.of("before"), Optional.of("ours"));
    assertEquals(Map.of("a/b", "+theirs"), seen());
  }

  @Test
  void aVersionThatNobodySawGoesBesideAnother() throws IOException {
    folder().write("a", "theirs, and newer");
    left("new-0", "theirs");
    intend("a", Optional.of("before"), Optional.of("ours"));
    assertEquals(Map.of("a", "+theirs, and newer", "a.unseen-1", "+theirs"), seen());
  }

  @Test
  void aRemovalOfAVersionThatNobodySawIsUndone() throws IOException {
    left("old-0", "theirs");
    intend("a/b/c", Optional.of("before"), Optional.empty());
    assertEquals(Map.of("a/b/c", "+theirs"), seen());
  }

  @Test
  void aRemovalThatWasWantedStays() throws IOException {
    left("old-0", "before");
    intend("a", Optional.of("before"), Optional.empty());
    assertEquals(Map.of(), seen());
  }

  @Test
  void aFileThatWasTakenAwayAndNotReplacedYetComesBack() throws IOException {
    left("old-0", "before");
    left("new-0", "ours");
    intend("a", Optional.of("before"), Optional.of("ours"));
    assertEquals(Map.of("a", "+before"), seen());
  }

  @Test
  void aFolderThatWasTakenAwayComesBack() throws IOException {
    folder().write("a", "ours");
    folder().write(".syncline-folder/work/new-0/inside", "theirs");
    intend("a", Optional.of("before"), Optional.of("ours"));
    assertEquals(Map.of("a/inside", "+theirs"), seen());
  }

  @Test
  void whatBecameAFileMeanwhileIsNotInTheWay() throws IOException {
    folder().write("a", "a file now");
    left("old-0", "theirs");
    intend("a/b", Optional.of("before"), Optional.empty());
    assertEquals(Map.of("a", "+a file now", "b", "+theirs"), seen());
  }

  @Test
  void tornIntentsWereNeverActedOn() throws IOException {
    folder().write("a", "before");
    left("new-0", "ours");
    intend("a", Optional.of("before"), Optional.of("ours"));
    byte[] whole = Files.readAllBytes(intents());
    for (int length = 0; length < whole.length; length++) {
      left("new-0", "ours");
      Files.write(intents(), Arrays.copyOf(whole, length));
      assertEquals(Map.of("a", "+before"), seen());
    }
  }

  private Map<String, String> seen() throws IOException {
    try (var endpoint = open()) {
      var texts = texts(look(endpoint, MapSnapshot.EMPTY));
      assertEquals(Set.of(), ApplyTest.names(folder().at(".syncline-folder/work")));
      assertFalse(Files.exists(intents()));
      return texts;
    }
  }

  private Path intents() {
    return folder().at(".syncline-folder/intents");
  }

  private void left(String name, String text) {
    folder().write(".syncline-folder/work/" + name, text);
  }

  private void intend(String where, Optional<String> before, Optional<String> after)
      throws IOException {
    Intents.write(
        intents(), List.of(new Intent(0, where, before.map(this::file), after.map(this::file))));
    assertTrue(Files.exists(intents()));
  }
}

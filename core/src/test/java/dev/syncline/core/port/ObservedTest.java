package dev.syncline.core.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is made of a look at something that changed meanwhile. */
final class ObservedTest {

  private static final FileVersion FILE = FileVersion.regular(ContentId.ofContents(new byte[] {1}));

  @Test
  void whatContradictsItselfIsNotBelievedAndLookedAtAgain() {
    Observed seen =
        seen(Map.of(
                path("a"), new FileChange.Added(FILE),
                path("a/x/y"), new FileChange.Added(FILE),
                path("b"), new FileChange.Added(FILE)))
            .consistent();
    assertEquals(Set.of(path("a")), seen.unseen().keySet());
    assertEquals(Observed.Rest.MORE, seen.rest());
  }

  @Test
  void aFileThatMadeRoomForAFolderIsNoContradiction() {
    Observed seen =
        seen(
            Map.of(
                path("a"), new FileChange.Removed(FILE),
                path("a/x"), new FileChange.Added(FILE)));
    assertSame(seen, seen.consistent());
  }

  private static Observed seen(Map<FilePath, FileChange> changes) {
    return Observed.all(
        new Edit(new Author("Ada", ""), Instant.EPOCH, "Edits", Changes.of(changes)));
  }

  private static FilePath path(String text) {
    return new FilePath(text);
  }
}

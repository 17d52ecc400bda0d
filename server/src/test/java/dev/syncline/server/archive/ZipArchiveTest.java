package dev.syncline.server.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.AccessScope;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SealedToken;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.DocumentSettings;
import dev.syncline.server.document.DocumentServer;
import dev.syncline.server.document.ServerIdentity;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Documents;
import dev.syncline.testkit.MemoryChunkStore;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.automerge.ChangeGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
final class ZipArchiveTest {

  private static final int DOCUMENTS = 12;

  @TempDir Path scratch = Path.of("");

  private final Documents full = server();
  private final Documents empty = server();
  private final MemoryAccessTokens tokens = new MemoryAccessTokens();
  private final MemoryAccessTokens noTokens = new MemoryAccessTokens();
  private final MemorySaved workspaces = new MemorySaved();
  private final MemorySaved restored = new MemorySaved();

  private Documents server() {
    return new DocumentServer(
            new ServerIdentity("server", "00000000-0000-0000-0000-000000000001"),
            new DocumentSettings.Limits(
                64 << 20, 10_000, 256L << 20, 32L << 20, Duration.ofSeconds(30)),
            MemoryChunkStore.immediate(),
            new SettableClock())
        .documents();
  }

  private byte[] backup() throws IOException {
    for (int i = 0; i < DOCUMENTS; i++) {
      var bytes = new ByteArrayOutputStream();
      new ChangeGenerator(new Random(i))
          .history(i + 1)
          .forEach(change -> bytes.writeBytes(change.chunk()));
      full.add(new DocumentId(i, 7), new ByteArrayInputStream(bytes.toByteArray()));
    }
    var grant = new Grant("a laptop", AccessScope.ADMIN, Set.of(), Optional.empty());
    var issued = new IssuedToken("0123456789", grant, Instant.EPOCH, Optional.empty());
    tokens.restore(new SealedToken(issued, "ab".repeat(32)));
    workspaces.saved.put(new WorkspaceName("notes"), "file, history");
    var out = new ByteArrayOutputStream();
    Archive.Contents contents = new ZipArchive(full, tokens, workspaces, scratch).backup(out);
    assertEquals(DOCUMENTS, contents.documents());
    assertEquals(1, contents.tokens());
    assertEquals(1, contents.workspaces());
    return out.toByteArray();
  }

  private Archive.Contents restore(byte[] file) throws IOException {
    return new ZipArchive(empty, noTokens, restored, scratch)
        .restore(new ByteArrayInputStream(file));
  }

  @Test
  void aBackupThatIsRestoredIntoAnEmptyServerGivesTheSameHeadsAndTokens() throws IOException {
    Archive.Contents contents = restore(backup());
    assertEquals(DOCUMENTS, contents.documents());
    assertEquals(DOCUMENTS * (DOCUMENTS + 1) / 2, contents.changes());
    List<DocumentId> listed = full.list(Optional.empty(), 100);
    assertEquals(listed, empty.list(Optional.empty(), 100));
    for (DocumentId document : listed) {
      assertEquals(full.show(document), empty.show(document));
    }
    assertEquals(tokens.export(), noTokens.export());
    assertEquals(workspaces.saved, restored.saved);
  }

  @Test
  void restoringTwiceIsTheSameAsRestoringOnce() throws IOException {
    byte[] file = backup();
    Archive.Contents once = restore(file);
    assertEquals(once, restore(file));
    for (DocumentId document : full.list(Optional.empty(), 100)) {
      assertEquals(full.show(document), empty.show(document));
    }
  }

  @Test
  void aBackupOfNothingRestoresNothing() throws IOException {
    var out = new ByteArrayOutputStream();
    new ZipArchive(empty, noTokens, restored, scratch).backup(out);
    assertEquals(new Archive.Contents(0, 0, 0, 0, 0), restore(out.toByteArray()));
  }

  @Test
  void aBackupThatIsCutShortIsRefusedBeforeAnythingIsStored() throws IOException {
    byte[] file = backup();
    // Everywhere in the directory at the end, which is what a zip reader looks at first.
    int directory = file.length - 2_000;
    for (int length = 0; length < file.length; length += length < directory ? 13 : 1) {
      byte[] cut = Arrays.copyOf(file, length);
      var refused =
          assertThrows(SyncException.Invalid.class, () -> restore(cut), "cut at " + length);
      assertTrue(refused.toString().contains("backup"), refused.toString());
    }
    assertNothingWasStored();
  }

  @Test
  void aBackupWhoseEndWasNeverWrittenIsRefusedBeforeAnythingIsStored() throws IOException {
    byte[] file = backup();
    for (int length = 0; length < file.length; length += 17) {
      byte[] withoutEnd = file.clone();
      Arrays.fill(withoutEnd, length, file.length, (byte) 0);
      assertThrows(SyncException.Invalid.class, () -> restore(withoutEnd), "zeros from " + length);
    }
    assertNothingWasStored();
  }

  @Test
  void aDamagedByteIsNoticedBeforeAnythingIsStoredOrChangesNothing() throws IOException {
    byte[] file = backup();
    var random = new Random(3);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] damaged = file.clone();
      damaged[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        restore(damaged);
        // A byte of the zip format that nobody reads, such as a time.
        for (DocumentId document : full.list(Optional.empty(), 100)) {
          assertEquals(full.show(document), empty.show(document));
          empty.delete(document);
        }
        noTokens.revoke("0123456789");
      } catch (SyncException.Invalid e) {
        refused++;
        assertNothingWasStored();
      }
    }
    assertTrue(refused > 150, refused + " of 300");
  }

  @Test
  void nothingIsLeftInTheScratchDirectory() throws IOException {
    restore(backup());
    assertThrows(SyncException.Invalid.class, () -> restore(new byte[100]));
    try (var files = Files.list(scratch)) {
      assertEquals(0, files.count());
    }
  }

  private void assertNothingWasStored() {
    assertEquals(List.of(), empty.list(Optional.empty(), 1));
    assertEquals(List.of(), noTokens.export());
  }
}

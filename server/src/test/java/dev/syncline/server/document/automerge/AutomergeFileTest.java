package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.SyncException;
import dev.syncline.testkit.automerge.GeneratedChange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class AutomergeFileTest {

  private static final byte[] EMPTY_DOCUMENT =
      HexFormat.of().parseHex("856f4a83b81a9544000400000000");

  private final List<GeneratedChange> line = Given.line(20);

  private static AutomergeFile file(byte[] bytes) {
    return new AutomergeFile(new ByteArrayInputStream(bytes), 1 << 20);
  }

  private byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    line.forEach(change -> bytes.writeBytes(change.chunk()));
    return bytes.toByteArray();
  }

  @Test
  void changesComeInBatchesAndInOrder() throws IOException {
    AutomergeFile file = file(bytes());
    var read = new ArrayList<Change>();
    int batches = 0;
    for (List<Change> next = file.next(300); !next.isEmpty(); next = file.next(300)) {
      read.addAll(next);
      batches++;
    }
    assertEquals(Given.changes(line), read);
    assertEquals(true, batches > 3);
  }

  @Test
  void wholeDocumentsArePassedOverAndCounted() throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(EMPTY_DOCUMENT);
    bytes.writeBytes(bytes());
    bytes.writeBytes(EMPTY_DOCUMENT);
    AutomergeFile file = file(bytes.toByteArray());
    assertEquals(20, file.next(1 << 20).size());
    assertEquals(2, file.unreadable());
  }

  @Test
  void anEmptyFileHasNoChanges() throws IOException {
    assertEquals(List.of(), file(new byte[0]).next(1));
  }

  @Test
  void aFileThatIsCutInAChunkIsRefused() {
    byte[] chunk = line.getFirst().chunk();
    for (int length = 1; length < chunk.length; length++) {
      byte[] cut = Arrays.copyOf(chunk, length);
      assertThrows(SyncException.Invalid.class, () -> file(cut).next(1 << 20));
    }
  }

  @Test
  void aChunkThatClaimsToBeLongerThanTheLimitIsRefusedBeforeItIsRead() {
    byte[] lying = HexFormat.of().parseHex("856f4a830000000001ffffffff0f");
    assertThrows(SyncException.Invalid.class, () -> file(lying).next(1));
    byte[] endless = HexFormat.of().parseHex("856f4a830000000001ffffffffffffffffff");
    assertThrows(SyncException.Invalid.class, () -> file(endless).next(1));
  }
}

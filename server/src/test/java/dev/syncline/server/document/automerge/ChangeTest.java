package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.SyncPayload;
import dev.syncline.testkit.automerge.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class ChangeTest {

  private static final int LIMIT = 1 << 20;

  private final ChangeGenerator generator = new ChangeGenerator(new Random(3));
  private final GeneratedChange root = generator.on(List.of());
  private final GeneratedChange next = generator.on(List.of(root.hash()));

  @Test
  void aChangeIsKnownByItsHashAndWhatItBuildsOn() {
    Change change = Change.parse(next.chunk(), LIMIT);
    assertEquals(next.hash(), change.hash().toString());
    assertEquals(List.of(Given.hash(root)), change.dependencies());
    assertArrayEquals(next.chunk(), change.chunk());
  }

  @Test
  void aDeflatedChangeHasTheHashOfThePlainOneAndKeepsItsForm() {
    GeneratedChange deflated = ChangeGenerator.deflated(next);
    Change change = Change.parse(deflated.chunk(), LIMIT);
    assertEquals(Given.change(next), change);
    assertEquals(List.of(Given.hash(root)), change.dependencies());
    assertArrayEquals(deflated.chunk(), change.chunk());
  }

  @Test
  void everyFlippedBitIsNoticed() {
    for (int i = 0; i < next.chunk().length * 8; i++) {
      byte[] chunk = next.chunk().clone();
      chunk[i / 8] ^= (byte) (1 << (i % 8));
      assertThrows(SyncException.Invalid.class, () -> Change.parse(chunk, LIMIT), "bit " + i);
    }
  }

  @Test
  void everyCutIsNoticed() {
    for (int length = 0; length < next.chunk().length; length++) {
      byte[] chunk = Arrays.copyOf(next.chunk(), length);
      assertThrows(SyncException.Invalid.class, () -> Change.parse(chunk, LIMIT));
    }
  }

  @Test
  void bytesBehindTheEndAreNoticed() {
    byte[] chunk = Arrays.copyOf(next.chunk(), next.chunk().length + 1);
    assertThrows(SyncException.Invalid.class, () -> Change.parse(chunk, LIMIT));
  }

  @Test
  void columnsThatReachPastTheEndAreNoticedThoughTheChecksumIsRight() {
    byte[] body = ChangeGenerator.body(List.of(), new byte[16], 1, new byte[20]);
    byte[] cut = Arrays.copyOf(body, body.length - 1);
    GeneratedChange lying = ChangeGenerator.plain(List.of(), cut);
    assertThrows(SyncException.Invalid.class, () -> Change.parse(lying.chunk(), LIMIT));
  }

  @Test
  void aDocumentChunkIsNoChange() {
    byte[] document =
        new Wire().hex("856f4a83").hex("b81a9544").hex("0004").hex("00000000").toByteArray();
    assertThrows(SyncException.Invalid.class, () -> Change.parse(document, LIMIT));
  }

  @Test
  void aDeflatedChangeTakesAtMostTheLimit() {
    GeneratedChange zeros = zeros(100_000);
    assertTrue(zeros.chunk().length < 1000);
    assertThrows(SyncException.Invalid.class, () -> Change.parse(zeros.chunk(), 99_999));
    assertEquals(zeros.hash(), Change.parse(zeros.chunk(), 101_000).hash().toString());
  }

  @Test
  void allDeflatedChangesOfOneMessageTakeAFewTimesTheLimitAtMost() {
    byte[] zeros = zeros(LIMIT - 1000).chunk();
    assertEquals(4, decode(IntStream.range(0, 4).mapToObj(_ -> zeros).toList()).changes().size());
    List<byte[]> many = IntStream.range(0, 1000).mapToObj(_ -> zeros).toList();
    SyncException.Invalid refused = assertThrows(SyncException.Invalid.class, () -> decode(many));
    assertTrue(String.valueOf(refused.getMessage()).contains("together"), refused.getMessage());
  }

  private static SyncMessage decode(List<byte[]> chunks) {
    byte[] bytes = new SyncPayload(List.of(), List.of(), List.of(), chunks).encode();
    return SyncMessage.decode(bytes, 0, bytes.length, LIMIT);
  }

  private static GeneratedChange zeros(int length) {
    byte[] body = ChangeGenerator.body(List.of(), new byte[16], 1, new byte[length]);
    return ChangeGenerator.deflated(List.of(), body, ChangeGenerator.deflate(body));
  }
}

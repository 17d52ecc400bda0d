package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.SyncPayload;
import dev.syncline.testkit.automerge.Wire;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class SyncMessageTest {

  private static final String EMPTY_DOCUMENT = "856f4a83b81a9544000400000000";

  private final List<GeneratedChange> line = Given.line(3);

  private static SyncMessage decode(byte[] bytes) {
    return SyncMessage.decode(bytes, 0, bytes.length, 1 << 20);
  }

  private static SyncMessage decode(String hex) {
    return decode(HexFormat.of().parseHex(hex));
  }

  private static String hex(GeneratedChange change) {
    return HexFormat.of().formatHex(change.chunk());
  }

  @Test
  void whatAClientWritesIsRead() {
    List<String> heads = List.of(line.getLast().hash());
    SyncMessage message =
        decode(
            new SyncPayload(
                    heads,
                    List.of(line.getFirst().hash()),
                    List.of(new SyncPayload.Have(heads, new byte[0])),
                    line.stream().map(GeneratedChange::chunk).toList())
                .encode());
    assertEquals(Given.hashes(line.subList(2, 3)), message.heads());
    assertEquals(Given.hashes(line.subList(0, 1)), message.need());
    assertEquals(Given.hashes(line.subList(2, 3)), message.have().getFirst().lastSync());
    assertEquals(Given.changes(line), message.changes());
    assertFalse(message.reset());
  }

  @Test
  void oneElementOfVersionTwoMayHoldManyChunks() {
    String chunks = line.stream().map(SyncMessageTest::hex).collect(Collectors.joining());
    byte[] element = HexFormat.of().parseHex(EMPTY_DOCUMENT + chunks);
    byte[] bytes = new Wire().u8(0x43).uleb(0).uleb(0).uleb(0).uleb(1).sized(element).toByteArray();
    SyncMessage message = decode(bytes);
    assertEquals(Given.changes(line), message.changes());
    assertEquals(1, message.unreadable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4200000000", "42000000000102", "4200000000020284", "42000000000401020384"})
  void flagsOfOldAndNewClientsMeanNoReset(String hex) {
    assertFalse(decode(hex).reset());
  }

  @Test
  void theResetFlagIsSeen() {
    assertTrue(decode("4200000000020285").reset());
  }

  @Test
  void bytesThatAreNoFlagsMeanNothing() {
    assertFalse(decode("4200000000ff85").heads().isEmpty() && decode("42000000007f").reset());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "41",
        "44000000",
        "4201",
        "42000000",
        "42ffffffffffffffff7f",
        "420000ffffffff0f",
        "4200000041",
        "420000000101",
        "4200000001020001",
        "428000000000"
      })
  void whatIsCutShortOrClaimsTooMuchIsRefused(String hex) {
    assertThrows(SyncException.Invalid.class, () -> decode(hex));
  }

  @Test
  void ourMessagesTellNoFlagsSoThatPlainChangesComeBack() {
    byte[] bytes =
        SyncMessage.encode(
            Given.hashes(line.subList(2, 3)),
            List.of(),
            List.of(new SyncMessage.Have(List.of(), BloomFilter.of(Given.hashes(line)))),
            List.of(line.getLast().chunk()));
    // It refuses bytes behind the end.
    SyncPayload read = SyncPayload.decode(bytes);
    assertEquals(List.of(line.getLast().hash()), read.heads());
    assertEquals(1, read.changes().size());
    assertEquals(1, decode(bytes).have().size());
  }
}

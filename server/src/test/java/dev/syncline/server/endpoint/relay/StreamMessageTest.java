package dev.syncline.server.endpoint.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.cbor.CBORMapper;

/** What is read of a Relay Server's frames. */
final class StreamMessageTest {

  private static final RelayId NOTE =
      new RelayId("85a06712-af14-47bc-a859-e8106cc786e8", "8ac6873a-e0d1-44da-a71c-4b43e08afcce");

  private static Map<String, Object> event() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("event_id", "evt_1");
    fields.put("event_type", "document.updated");
    fields.put("doc_id", NOTE.toString());
    fields.put("timestamp", 1_785_665_472_123L);
    fields.put("user", "ann");
    fields.put("metadata", Map.of("channel", "c", "timestamp", 7));
    fields.put("update", IntStream.range(0, 1000).map(i -> i % 256).boxed().toList());
    return fields;
  }

  private static byte[] frame(Object event) {
    byte[] cbor = CBORMapper.shared().writeValueAsBytes(event);
    var frame = new ByteArrayOutputStream();
    frame.write(StreamMessage.EVENT);
    frame.write((cbor.length & 0x7F) | 0x80);
    frame.write(cbor.length >> 7);
    frame.writeBytes(cbor);
    return frame.toByteArray();
  }

  private static StreamMessage read(String hex) {
    return StreamMessage.read(HexFormat.of().parseHex(hex));
  }

  @Test
  void anEventSaysWhichDocumentChangedAndWhoHasItOpen() {
    var expected = new RelayEvent(Optional.of("evt_1"), NOTE, Optional.of("ann"), Optional.empty());
    assertEquals(new StreamMessage.Changed(expected), StreamMessage.read(frame(event())));
    Map<String, Object> least = event();
    least.keySet().removeAll(List.of("event_id", "timestamp", "user", "metadata"));
    assertEquals(
        new StreamMessage.Changed(
            new RelayEvent(Optional.empty(), NOTE, Optional.empty(), Optional.empty())),
        StreamMessage.read(frame(least)));
  }

  @Test
  void eventsOfAnotherKindAreOfNoInterest() {
    Map<String, Object> other = event();
    other.put("event_type", "user.joined");
    assertEquals(new StreamMessage.Other(), StreamMessage.read(frame(other)));
  }

  @Test
  void anEventThatNamesNoDocumentIsDamaged() {
    Map<String, Object> other = event();
    other.put("doc_id", "../../etc/passwd");
    assertThrows(SyncException.Invalid.class, () -> StreamMessage.read(frame(other)));
    assertThrows(SyncException.Invalid.class, () -> StreamMessage.read(frame("text")));
  }

  @Test
  void framesForEditorsAreOfNoInterest() {
    assertEquals(new StreamMessage.Other(), read("00000100"));
    assertEquals(new StreamMessage.Other(), read("010100"));
    assertEquals(new StreamMessage.Other(), read("ffffffffffffff07"));
  }

  @Test
  void theAnswerAndTheRefusalAreKnown() {
    assertEquals(new StreamMessage.Answer(), StreamMessage.read(StreamMessage.question().array()));
    assertEquals(new StreamMessage.Denied(), read("02000178"));
  }

  @Test
  void numbersAndLengthsThatLieAreDamage() {
    for (String hex :
        new String[] {"", "80", "04", "0405aa", "04ffffffff7f", "ffffffffffffffffff01"}) {
      assertThrows(SyncException.Invalid.class, () -> read(hex), hex);
    }
  }

  @Test
  void damagedFramesAreReadOrRefused() {
    byte[] whole = frame(event());
    var random = new Random(42);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        damaged[random.nextInt(Math.min(damaged.length, 200))] = (byte) random.nextInt();
      }
      try {
        StreamMessage.read(damaged);
      } catch (SyncException.Invalid e) {
        refused++;
      }
    }
    assertTrue(refused > 10_000);
  }
}

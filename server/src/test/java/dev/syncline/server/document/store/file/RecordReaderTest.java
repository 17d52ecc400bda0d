package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damage costs no more memory than what was written. */
final class RecordReaderTest {

  private static final Binding BINDING = new Binding(1, 2);

  @Test
  void lengthThatIsDamagedTakesNoMemory() throws IOException {
    long size = 2L * Integer.MAX_VALUE;
    byte[] header =
        ByteBuffer.allocate(8).putInt(Framing.MAGIC).putInt(Integer.MAX_VALUE - 8).array();
    var reader = new RecordReader(new Window(zerosBehind(header, size)), BINDING, size);
    assertEquals(Optional.empty(), reader.at(0));
  }

  @Test
  void longRecordIsReadIfItIsSound() throws IOException {
    byte[] payload = new byte[3_000_000];
    new Random(1).nextBytes(payload);
    byte[] record = new Framing().frame(BINDING, 0, payload);
    var window = new Window(zerosBehind(record, record.length));
    assertArrayEquals(payload, new RecordReader(window, BINDING, record.length).at(0).get());
    record[2_000_000] ^= 1;
    window = new Window(zerosBehind(record, record.length));
    assertEquals(Optional.empty(), new RecordReader(window, BINDING, record.length).at(0));
  }

  private static Window.PositionalRead zerosBehind(byte[] beginning, long size) {
    return (into, offset) -> {
      if (offset >= size) {
        return -1;
      }
      int length = (int) Math.min(into.remaining(), size - offset);
      for (int i = 0; i < length; i++) {
        long at = offset + i;
        into.put(at < beginning.length ? beginning[(int) at] : 0);
      }
      return length;
    };
  }
}

package dev.syncline.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.port.ChunkStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MemoryChunkStoreTest extends ChunkStoreContract {

  @Override
  protected ChunkStore open() {
    return MemoryChunkStore.immediate();
  }

  @Override
  protected boolean outlivesClose() {
    return false;
  }

  @Test
  void deletionLandsWhatIsInTheAirForItsDocumentOnly() {
    var manual = MemoryChunkStore.manual();
    ToldAppend before = ToldAppend.to(manual, A, new byte[1]);
    ToldAppend ofAnother = ToldAppend.to(manual, B, new byte[1]);
    manual.delete(A);
    assertTrue(before.isDurable());
    assertFalse(ofAnother.isTold());
    assertEquals(1, manual.sync());
    assertEquals(List.of(B), manual.list(Optional.empty(), 10));
  }
}

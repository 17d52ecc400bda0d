package dev.syncline.server.compress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No delta begins that has no room. */
final class DeltaMemoryTest {

  private static final long LARGE = 20_000_000;

  /** A quarter of the smallest machine. */
  private static final int SMALL_MACHINE = 128;

  @Test
  void whereThereIsRoomDeltasAreThorough() {
    var memory = new DeltaMemory(384);
    assertEquals(Optional.of(Effort.THOROUGH), effort(memory.toWrite(LARGE, LARGE)));
    assertEquals(
        Optional.of(Effort.THOROUGH),
        effort(new DeltaMemory(SMALL_MACHINE).toWrite(5_000_000, 5_000_000)));
  }

  @Test
  void aLargeFileOnASmallMachineIsDoneThriftily() {
    assertEquals(
        Optional.of(Effort.THRIFTY), effort(new DeltaMemory(SMALL_MACHINE).toWrite(LARGE, LARGE)));
  }

  @Test
  void whatHasNoRoomGoesWholeUntilThereIsRoomAgain() {
    var memory = new DeltaMemory(SMALL_MACHINE);
    try (var _ = memory.toWrite(LARGE, LARGE).orElseThrow()) {
      assertTrue(memory.toWrite(LARGE, LARGE).isEmpty());
      assertTrue(memory.toRead(LARGE).isEmpty());
    }
    assertTrue(memory.toWrite(LARGE, LARGE).isPresent());
  }

  @Test
  void theLargestDeltaCanBeReadOnTheSmallestMachine() {
    assertTrue(new DeltaMemory(64).toRead(DeltaCoding.MOST_BYTES).isPresent());
  }

  private static Optional<Effort> effort(Optional<DeltaMemory.Share> share) {
    return share.map(DeltaMemory.Share::effort);
  }
}

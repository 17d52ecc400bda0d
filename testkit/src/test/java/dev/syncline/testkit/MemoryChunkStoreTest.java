package dev.syncline.testkit;

import dev.syncline.core.port.ChunkStore;

final class MemoryChunkStoreTest extends ChunkStoreContract {

  @Override
  protected ChunkStore open() {
    return MemoryChunkStore.immediate();
  }

  @Override
  protected boolean outlivesClose() {
    return false;
  }
}

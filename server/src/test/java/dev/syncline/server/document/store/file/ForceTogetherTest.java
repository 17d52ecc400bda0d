package dev.syncline.server.document.store.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Returning means that every single file was forced. */
final class ForceTogetherTest {

  private final AtomicInteger forced = new AtomicInteger();

  @Test
  void allFilesAreForced() throws IOException {
    ForceTogether.force(Collections.nCopies(100, new File(forced::incrementAndGet)));
    assertEquals(100, forced.get());
  }

  @Test
  void errorOfOneFileIsTold() {
    List<Disk.OpenFile> files =
        new ArrayList<>(Collections.nCopies(20, new File(forced::incrementAndGet)));
    files.set(
        7,
        new File(() -> {
          throw new OutOfMemoryError("no memory for one file");
        }));
    var told = assertThrows(IOException.class, () -> ForceTogether.force(files));
    assertEquals("no memory for one file", told.getMessage());
    assertEquals(19, forced.get());
  }

  @Test
  void interruptLeavesNoFileOutInSilence() {
    for (int round = 0; round < 20; round++) {
      forced.set(0);
      Thread.currentThread().interrupt();
      try {
        ForceTogether.force(Collections.nCopies(1_000, new File(forced::incrementAndGet)));
        assertEquals(1_000, forced.get());
      } catch (IOException e) {
        assertEquals("interrupted before all files were forced", e.getMessage());
      } finally {
        Thread.interrupted();
      }
    }
  }

  private record File(Runnable forcing) implements Disk.OpenFile {
    @Override
    public void force() {
      forcing.run();
    }

    @Override
    public int read(ByteBuffer into, long offset) {
      return -1;
    }

    @Override
    public void write(ByteBuffer from, long offset) {}

    @Override
    public void truncate(long length) {}

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void close() {}
  }
}

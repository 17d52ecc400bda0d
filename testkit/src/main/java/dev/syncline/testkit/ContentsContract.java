package dev.syncline.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every place for contents must keep. A test of one extends it and says where it is. */
public abstract class ContentsContract {

  private static final int LARGE = 3_000_000;

  /** The contents of this test. */
  protected abstract Contents contents();

  @Test
  void whatWasPutComesBackUnderGitsId() {
    for (int size : new int[] {0, 1, 1_000, 70_000, 300_000, LARGE}) {
      byte[] bytes = bytes(size);
      ContentId id = contents().put(bytes);
      assertEquals(ContentId.ofContents(bytes), id);
      assertEquals(size, contents().size(id));
      assertArrayEquals(bytes, contents().read(id));
      assertEquals(id, contents().put(bytes), "the same again");
    }
  }

  @Test
  void unknownContentsAreDamage() {
    ContentId unknown = ContentId.ofContents(bytes(77));
    assertThrows(SyncException.Corrupt.class, () -> contents().open(unknown).close());
    assertThrows(SyncException.Corrupt.class, () -> contents().size(unknown));
  }

  @Test
  void moreOrFewerBytesThanAnnouncedKeepNothing() {
    for (int size : new int[] {10, LARGE}) {
      byte[] bytes = bytes(size);
      assertThrows(IOException.class, () -> contents().put(size + 1, in(bytes)));
      assertThrows(IOException.class, () -> contents().put(size - 1, in(bytes)));
      ContentId id = ContentId.ofContents(bytes);
      assertThrows(SyncException.Corrupt.class, () -> contents().size(id));
      assertEquals(id, contents().put(bytes));
    }
  }

  @Test
  void failureOfTheInputIsTheCallersAndKeepsNothing() {
    for (int size : new int[] {10, LARGE}) {
      InputStream failing = new Failing();
      var thrown = assertThrows(IOException.class, () -> contents().put(size, failing));
      assertEquals("the endpoint is gone", thrown.getMessage());
    }
  }

  @Test
  void manyThreadsPutAndReadAtOnce() throws Exception {
    var ids = new ArrayList<Future<ContentId>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 400; i++) {
        // Every third is the same as others; a few are large.
        byte[] bytes =
            i % 50 == 0
                ? bytes(400_000 + i)
                : ("contents " + i % 300).getBytes(StandardCharsets.UTF_8);
        ids.add(
            threads.submit(() -> {
              ContentId id = contents().put(bytes);
              assertArrayEquals(bytes, contents().read(id));
              return id;
            }));
      }
    }
    for (Future<ContentId> id : ids) {
      mustBeReadable(id);
    }
  }

  private void mustBeReadable(Future<ContentId> id)
      throws InterruptedException, ExecutionException {
    assertEquals(id.get(), ContentId.ofContents(contents().read(id.get())));
  }

  /** Gives nothing. */
  private static final class Failing extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the endpoint is gone");
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return read();
    }
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}

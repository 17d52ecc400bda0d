package dev.syncline.server.web;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.Archive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A backup of a given size. */
public final class MemoryArchive implements Archive {

  private static final byte[] MARK = "backup".getBytes(StandardCharsets.UTF_8);

  /** Bytes in each half behind the mark. */
  public volatile int size = 100_000;

  /** How long a backup takes before its first byte. */
  public volatile Runnable before = () -> {};

  /** How long it takes between its two halves. */
  public volatile Runnable after = () -> {};

  @Override
  public Contents backup(OutputStream out) throws IOException {
    before.run();
    out.write(MARK);
    out.write(new byte[size]);
    after.run();
    out.write(new byte[size]);
    return new Contents(3, 20, 2L * size, 2, 1);
  }

  @Override
  public Contents restore(InputStream file) throws IOException {
    byte[] bytes = file.readAllBytes();
    if (!new String(bytes, StandardCharsets.ISO_8859_1).startsWith("backup")) {
      throw new SyncException.Invalid("this is no backup");
    }
    return new Contents(3, 20, (long) bytes.length - MARK.length, 2, 1);
  }
}

package dev.syncline.testkit;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Contents that are gone when the test is over; counts what is put. Thread-safe. */
public final class MemoryContents implements Contents {

  private final Map<ContentId, byte[]> byId = new ConcurrentHashMap<>();
  private final AtomicLong puts = new AtomicLong();

  @Override
  public InputStream open(ContentId id) {
    return new ByteArrayInputStream(known(id));
  }

  @Override
  public long size(ContentId id) {
    return known(id).length;
  }

  @Override
  public ContentId put(long size, InputStream in) throws IOException {
    byte[] contents = in.readAllBytes();
    if (contents.length != size) {
      throw new IOException(contents.length + " bytes came instead of " + size);
    }
    ContentId id = ContentId.ofContents(contents);
    byId.putIfAbsent(id, contents);
    puts.incrementAndGet();
    return id;
  }

  /** Keeps a text as UTF-8. */
  public ContentId put(String text) {
    return put(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A text that was kept as UTF-8. */
  public String text(ContentId id) {
    return new String(known(id), StandardCharsets.UTF_8);
  }

  public boolean has(ContentId id) {
    return byId.containsKey(id);
  }

  /** How often something was put, even if it was here already. */
  public long puts() {
    return puts.get();
  }

  private byte[] known(ContentId id) {
    byte[] contents = byId.get(id);
    if (contents == null) {
      throw new SyncException.Corrupt("contents " + id + " are missing");
    }
    return contents;
  }
}

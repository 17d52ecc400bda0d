package dev.syncline.core.port;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The contents of files, each under its id: a ledger's object database. What is put here is durable
 * once a {@linkplain Ledger#record recording} that speaks of it is, and may be forgotten if none
 * ever does.
 *
 * <p>Thread-safe.
 */
public interface Contents {

  /**
   * The contents of that id, to be closed by the caller.
   *
   * @throws SyncException.Corrupt if they are missing or damaged
   */
  InputStream open(ContentId id);

  /**
   * How many bytes they have.
   *
   * @throws SyncException.Corrupt if they are missing
   */
  long size(ContentId id);

  /**
   * Keeps contents.
   *
   * @param size how many bytes {@code in} gives
   * @throws IOException what {@code in} throws, or that it gave more or fewer bytes; nothing is
   *     kept
   * @throws SyncException.Unavailable if they can't be stored now
   */
  ContentId put(long size, InputStream in) throws IOException;

  /**
   * Keeps what a file holds. Where it matters which file it is, as for one that is encrypted, they
   * may be kept in another form.
   *
   * @param path of the file, where it is seen
   * @return what the contents are called as they came
   */
  default ContentId put(FilePath path, long size, InputStream in) throws IOException {
    return put(size, in);
  }

  /** Keeps contents. */
  default ContentId put(byte[] contents) {
    try {
      return put(contents.length, new ByteArrayInputStream(contents));
    } catch (IOException e) {
      throw new UncheckedIOException("an array gives what it has", e);
    }
  }

  /** All of them at once; for what is known to be small. */
  default byte[] read(ContentId id) {
    try (InputStream in = open(id)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new SyncException.Unavailable("contents " + id + " can't be read", e);
    }
  }
}

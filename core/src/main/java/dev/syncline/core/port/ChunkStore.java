package dev.syncline.core.port;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the chunks of live documents: for each document an append-only list, in the order in which
 * they were accepted. A chunk is opaque here; its protocol gives it meaning.
 *
 * <p>Thread-safe. Calls for one document must not overlap, but for {@link #append}, which may be
 * called again before an earlier append is durable.
 */
public interface ChunkStore extends AutoCloseable {

  /** The longest chunk that a store must accept, in bytes. */
  int MAX_CHUNK_BYTES = 64 << 20;

  /**
   * Shows every durable chunk of a document in order. A document that was never written shows
   * nothing, costs nothing and leaves no trace. Damaged chunks are set aside and reported through
   * {@link #status}, never shown, and don't hide the chunks behind them.
   *
   * @throws SyncException.Unavailable if the medium can't be read now
   */
  void scan(DocumentId document, ChunkVisitor visitor);

  /**
   * Shows the chunks at the given positions.
   *
   * @param positions ascending; each as handed out by {@link #scan} or {@link Append#durable}
   * @throws SyncException.Unavailable if the medium can't be read now
   * @throws SyncException.Corrupt if a chunk is no longer what was written
   */
  void read(DocumentId document, long[] positions, ChunkVisitor visitor);

  /**
   * Adds chunks, all or none, to the end of a document. Returns at once, unless the caller's thread
   * makes them durable itself or the store's queue is full: then it blocks until that is over.
   * {@code append} is told exactly once, by any thread, maybe before this returns, in the order of
   * the calls for this document. Once one append of a document has failed, the appends behind it
   * that were called before the failure was told fail too, so that no chunk is stored without those
   * that went before it. Once the store is closed, every append is told at once that it failed.
   *
   * @param chunks not empty; each of 1 to {@link #MAX_CHUNK_BYTES} bytes; not changed afterwards
   * @throws SyncException.Invalid if they are not so; then {@code append} hears nothing
   */
  void append(DocumentId document, List<byte[]> chunks, Append append);

  /**
   * Forgets a document for good, with all that was appended before, durable by then or not. Durable
   * when it returns. Nothing happens if there is none.
   */
  void delete(DocumentId document);

  /**
   * Ids of stored documents in ascending order.
   *
   * @param after only ids greater than this; from the start if empty
   * @param limit at most so many, 1 to 10,000
   * @throws SyncException.Invalid if the limit is another
   */
  List<DocumentId> list(Optional<DocumentId> after, int limit);

  /** How the store is; cheap enough for every probe. */
  Status status();

  /** Makes everything that was accepted durable and lets go of the medium. */
  @Override
  void close();

  /** Sees one chunk after another. */
  @FunctionalInterface
  interface ChunkVisitor {
    /**
     * @param position names the chunk to {@link #read}; ascending within a document
     * @param chunk the visitor's own to keep
     */
    void chunk(long position, byte[] chunk);
  }

  /** Hears how an append ended. Must return quickly and not throw. */
  interface Append {
    /** All chunks survive a crash from now on. {@code positions} are theirs, in order. */
    void durable(long[] positions);

    /** No chunk of this append was stored. */
    void failed(SyncException cause);
  }

  /**
   * @param problem why the store can't accept appends now, in a sentence that says what to do;
   *     empty while it can
   * @param damaged chunks that were found damaged and set aside since the store was opened
   * @param syncs group commits made durable since the store was opened
   * @param storedBytes bytes that the store takes on its medium, as far as it knows
   */
  record Status(Optional<String> problem, long damaged, long syncs, long storedBytes) {}
}

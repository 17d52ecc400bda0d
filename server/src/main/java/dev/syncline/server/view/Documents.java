package dev.syncline.server.view;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** The stored documents, for people who look after them. Thread-safe. */
public interface Documents {

  /**
   * Stored documents in ascending order of their ids.
   *
   * @param after only ids greater than this; from the start if empty
   * @param limit at most so many, 1 to 10,000
   */
  List<DocumentId> list(Optional<DocumentId> after, int limit);

  /** One document; empty if nothing is stored under this id. */
  Optional<Detail> show(DocumentId document);

  /**
   * Writes the document as a plain Automerge file: its change chunks one after another, which every
   * Automerge implementation can load.
   *
   * @throws SyncException.Invalid if there is no such document
   * @throws IOException if {@code out} can't be written
   */
  void export(DocumentId document, OutputStream out) throws IOException;

  /**
   * Adds the changes of a plain Automerge file to a document, which need not exist yet. Changes
   * that it has already aren't stored again.
   *
   * @param file chunks one after another; whole-document chunks among them are passed over and
   *     counted
   * @throws SyncException.Invalid if this is no such file, or a change in it is damaged; changes
   *     that stand before it may have been added
   * @throws IOException if {@code file} can't be read
   */
  Added add(DocumentId document, InputStream file) throws IOException;

  /**
   * Forgets the document and closes the connections that have it open; a client that still holds it
   * and asks for it again brings it back.
   *
   * @return whether there was one
   */
  boolean delete(DocumentId document);

  /**
   * @param heads hashes of the changes that no other change builds on, in hexadecimal
   * @param changes how many changes it has
   * @param waiting changes that are stored but can't be used, because one that they build on is
   *     missing
   * @param bytes sum of the chunks' lengths
   * @param peers connections that have it open now
   */
  record Detail(
      DocumentId document, List<String> heads, int changes, int waiting, long bytes, int peers) {
    public Detail {
      heads = List.copyOf(heads);
    }
  }

  /**
   * @param added changes that are stored now and were not before
   * @param known changes that were stored already
   * @param waiting changes that are neither, since they build on a change that is missing
   * @param unreadable whole-document chunks, which this version can't read
   */
  record Added(int added, int known, int waiting, int unreadable) {}
}

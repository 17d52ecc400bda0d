package dev.syncline.server.view;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Takes everything that a server must not lose into one file, and back. Thread-safe. */
public interface Archive {

  /**
   * Writes a backup while the server goes on: a zip file with each document as a plain Automerge
   * file, as it is when its turn comes, and with the tokens, of which it has only the hashes; and
   * each workspace's file and history, the latter as a Git bundle.
   *
   * @throws IOException if {@code out} can't be written
   */
  Contents backup(OutputStream out) throws IOException;

  /**
   * Adds what a backup holds to what is here. What is here already stays, so that restoring twice
   * is the same as restoring once. The whole file is checked before any of it is stored.
   *
   * @throws SyncException.Invalid if this is no backup, or a damaged one
   * @throws IOException if {@code file} can't be read
   */
  Contents restore(InputStream file) throws IOException;

  /**
   * @param documents documents in the backup
   * @param changes changes in them
   * @param bytes sum of the changes' lengths
   * @param tokens access tokens in the backup
   * @param workspaces workspaces in the backup
   */
  record Contents(long documents, long changes, long bytes, long tokens, long workspaces) {}
}

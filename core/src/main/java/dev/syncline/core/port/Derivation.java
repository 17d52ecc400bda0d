package dev.syncline.core.port;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;

/** Makes a file from another one, and always the same from the same. Pure. */
public interface Derivation {

  /** The file that people and links change. */
  FilePath master();

  /** The file that follows from it, and that nobody changes by itself. */
  FilePath derived();

  /**
   * The contents that follow.
   *
   * @throws SyncException.Invalid with a sentence that says which part of the master can't be used
   */
  byte[] derive(byte[] master);
}

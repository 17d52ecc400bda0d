package dev.syncline.server.ledger;

import dev.syncline.core.model.SyncException;

/** Signs commits. Called by the thread that commits. */
@FunctionalInterface
public interface CommitSigner {

  /**
   * A signature as Git keeps it: armoured text, in ASCII.
   *
   * @param commit the commit as it is without a signature
   * @throws SyncException.Denied if the key can't be had
   */
  String sign(byte[] commit);
}

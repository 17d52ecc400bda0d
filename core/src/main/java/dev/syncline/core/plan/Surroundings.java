package dev.syncline.core.plan;

import dev.syncline.core.merge.Dispute;
import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;

/** What a plan may ask about a path besides what changed there; in the endpoint's paths. */
public interface Surroundings {

  /** Whether it could not be looked at. */
  boolean isUnseen(FilePath path);

  /**
   * Whether the ledger can't hold a file there, for it holds something that the link doesn't see.
   */
  boolean isBlocked(FilePath path);

  /**
   * Whether Syncline may have written there without hearing that it had: then nobody knows which
   * version an edit was made on.
   */
  boolean isInDoubt(FilePath path);

  /** Whether a new file can be there: the link sees it, and neither side has anything there. */
  boolean isFree(FilePath path);

  /** The question that a policy is asked about a path. */
  Dispute dispute(FilePath path, ThreeWay sides);

  /** The same path in the ledger: there all links mean the same file by it. */
  FilePath inLedger(FilePath path);

  /** How many bytes a version has. */
  long size(FileVersion version);
}

package dev.syncline.server.ledger;

import dev.syncline.core.model.FilePath;
import org.eclipse.jgit.lib.ObjectId;

/** How the edit of a tree ended. */
sealed interface Edited {

  /** The tree that holds it. */
  record Done(ObjectId tree) implements Edited {}

  /** A path holds something else than the change starts from, or can't be beside another. */
  record Clash(FilePath path) implements Edited {}
}

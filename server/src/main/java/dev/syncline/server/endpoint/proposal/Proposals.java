package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.Changes;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.ProposalBranch.Tips;
import java.util.List;

/** Where what differs is brought, so that somebody decides about it. */
interface Proposals {

  /** How it ended. */
  sealed interface Result {

    /** All is there. */
    record Done(List<String> notes) implements Result {}

    /** Somebody moved a branch meanwhile. */
    record Moved() implements Result {}

    /** It is not taken. */
    record Refused(String why) implements Result {}
  }

  /**
   * Proposes changes; none if nothing differs.
   *
   * @param tips of the two branches, as they were seen
   * @param changes from the base's files
   */
  Result propose(Tips tips, Changes changes, Contents contents);
}

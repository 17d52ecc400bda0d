package dev.syncline.core.merge;

import java.time.Instant;

/**
 * {@code newest}: the later change wins. Both times are by our own clock: when the ledger recorded
 * its version, and a time for the endpoint's that lies between two looks at it. At the same instant
 * the ledger's stands.
 */
record Newest() implements MergePolicy {

  @Override
  public Settlement settle(Dispute dispute) {
    Instant ours = dispute.oursAt().get();
    return new Settlement.Wins(dispute.theirsAt().get().isAfter(ours) ? Side.THEIRS : Side.OURS);
  }
}

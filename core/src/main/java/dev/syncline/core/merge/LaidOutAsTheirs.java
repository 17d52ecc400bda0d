package dev.syncline.core.merge;

import java.util.Optional;

/**
 * The same as another policy; but where the two sides never agreed on a file, the endpoint's keeps
 * its layout, since it is the one that people know.
 */
public record LaidOutAsTheirs(ByRecord policy) implements MergePolicy {

  @Override
  public Settlement settle(Dispute dispute) {
    return dispute.base().isPresent()
        ? policy.settle(dispute)
        : Contested.of(dispute).orElseGet(() -> fromTheirSide(dispute.theirs(), dispute.ours()));
  }

  private Settlement fromTheirSide(byte[] kept, byte[] other) {
    return new ByRecord(policy.records(), policy.onClash().mirrored())
        .merge(Optional.empty(), kept, other);
  }
}

package dev.syncline.core.merge;

/** {@code json}: three-way by field. What is not JSON is settled as text. */
record ByField(MergePolicy otherwise) implements MergePolicy {

  @Override
  public Settlement settle(Dispute dispute) {
    return Contested.of(dispute).orElseGet(() -> merge(dispute));
  }

  private Settlement merge(Dispute dispute) {
    return switch (JsonMerge.merge(dispute.base(), dispute.ours(), dispute.theirs())) {
      case JsonOutcome.Clean(byte[] contents) -> new Settlement.Combined(contents);
      case JsonOutcome.Clash clash -> new Settlement.Waits(clash.sentence());
      case JsonOutcome.NotJson ignored -> otherwise.settle(dispute);
    };
  }
}

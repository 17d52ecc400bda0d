package dev.syncline.core.merge;

/**
 * {@code union}: what either side added is kept, without duplicates. For lists and logs: elements
 * of JSON arrays, or lines.
 */
record UnionOf(JsonUnion arrays, MergePolicy otherwise) implements MergePolicy {

  @Override
  public Settlement settle(Dispute dispute) {
    return Contested.of(dispute).orElseGet(() -> merge(dispute));
  }

  private Settlement merge(Dispute dispute) {
    byte[] ours = dispute.ours();
    byte[] theirs = dispute.theirs();
    return switch (arrays.merge(dispute.base(), ours, theirs)) {
      case JsonOutcome.Clean(byte[] contents) -> new Settlement.Combined(contents);
      case JsonOutcome.Clash clash -> new Settlement.Waits(clash.sentence());
      case JsonOutcome.NotJson ignored ->
          LineUnion.merge(dispute.base().orElseGet(() -> new byte[0]), ours, theirs)
              .<Settlement>map(Settlement.Combined::new)
              .orElseGet(() -> otherwise.settle(dispute));
    };
  }
}

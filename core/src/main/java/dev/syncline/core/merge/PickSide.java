package dev.syncline.core.merge;

/** {@code ours} and {@code theirs}: one side is always right. */
record PickSide(Side side) implements MergePolicy {

  @Override
  public Settlement settle(Dispute dispute) {
    return new Settlement.Wins(side);
  }
}

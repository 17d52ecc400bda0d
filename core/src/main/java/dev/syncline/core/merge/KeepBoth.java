package dev.syncline.core.merge;

/**
 * {@code keep-both}: both versions stay, each under its own name; a deletion yields to a change.
 */
record KeepBoth() implements MergePolicy {

  @Override
  public Settlement settle(Dispute dispute) {
    return Contested.of(dispute).orElseGet(Settlement.Both::new);
  }
}

package dev.syncline.core.merge;

/** {@code keep-both}: both versions stay, each under its own name; a deletion yields to an edit. */
record KeepBoth() implements MergePolicy {

  @Override
  public Settlement settle(Dispute dispute) {
    return dispute.kind() == Dispute.Kind.FILE_OR_FOLDER
        ? new Settlement.Both()
        : Deletion.of(dispute).orElseGet(Settlement.Both::new);
  }
}

package dev.syncline.yjs;

/** Units that were deleted, and of which nobody knows any more where they were. */
record Forgotten(Id id, long length) implements Struct {

  @Override
  public boolean isDeleted() {
    return true;
  }

  @Override
  public Block toBlock() {
    return new Block.Gone(id, length);
  }
}

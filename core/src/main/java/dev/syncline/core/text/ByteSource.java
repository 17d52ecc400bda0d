package dev.syncline.core.text;

/**
 * Where a text is: bytes that can be read from any place, and more than once. They must not change
 * meanwhile.
 */
@FunctionalInterface
public interface ByteSource {

  /**
   * Reads some bytes.
   *
   * @param offset of the first one, from the beginning
   * @param length how many are wanted at most; more than none
   * @return how many there were, at least one; -1 behind the end
   * @throws dev.syncline.core.model.SyncException.Unavailable if they can't be read
   */
  int read(long offset, byte[] into, int from, int length);

  /** Those of an array, which is not copied: leave it as it is. */
  static ByteSource of(byte[] bytes) {
    return (offset, into, from, length) -> {
      if (offset >= bytes.length) {
        return -1;
      }
      int count = Math.min(length, bytes.length - (int) offset);
      System.arraycopy(bytes, (int) offset, into, from, count);
      return count;
    };
  }
}

package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.SyncException;
import java.util.Arrays;

/**
 * Reads what lib0 writes, and never beyond its end.
 *
 * @see <a href="https://github.com/dmonad/lib0/blob/main/encoding.js">lib0's encoding</a>
 */
final class VarReader {

  private static final int MOST_BITS = 53;

  private final byte[] bytes;
  private int at;

  VarReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A number from 0 to 2⁵³ - 1.
   *
   * @throws SyncException.Invalid if there is none
   */
  long number() {
    long number = 0;
    for (int bits = 0; bits < MOST_BITS + 7; bits += 7) {
      if (at == bytes.length) {
        throw new SyncException.Invalid("a message of the Relay Server ends in a number");
      }
      byte group = bytes[at++];
      number |= (group & 0x7FL) << bits;
      if (group >= 0) {
        if (number >= 1L << MOST_BITS) {
          break;
        }
        return number;
      }
    }
    throw new SyncException.Invalid("a message of the Relay Server has too large a number");
  }

  /**
   * Bytes, with their number in front.
   *
   * @throws SyncException.Invalid if there are fewer
   */
  byte[] bytes() {
    long length = number();
    if (length > bytes.length - at) {
      throw new SyncException.Invalid("a message of the Relay Server is cut off");
    }
    int from = at;
    at += (int) length;
    return Arrays.copyOfRange(bytes, from, at);
  }
}

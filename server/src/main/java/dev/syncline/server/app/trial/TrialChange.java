package dev.syncline.server.app.trial;

import dev.syncline.core.model.Sha256;
import java.util.Arrays;
import java.util.Optional;

/**
 * A change without operations, in Automerge's binary format: sound, and of the size of a small
 * edit.
 *
 * @param number 1 for the first, and one more for each that follows
 * @param hash 32 bytes
 * @param chunk the change as it is sent and stored
 */
record TrialChange(int number, byte[] hash, byte[] chunk) {

  private static final byte[] MAGIC = {(byte) 0x85, 0x6f, 0x4a, (byte) 0x83};
  private static final int CHECKSUM_BYTES = 4;
  private static final int ACTOR_BYTES = 16;
  private static final int CHANGE = 1;
  private static final String MESSAGE = "as long as what a small edit adds to a document, or so";

  static TrialChange first() {
    return make(1, Optional.empty());
  }

  TrialChange next() {
    return make(number + 1, Optional.of(hash));
  }

  private static TrialChange make(int number, Optional<byte[]> dependency) {
    var body = new Bytes();
    body.leb(dependency.isPresent() ? 1 : 0);
    dependency.ifPresent(body::writeBytes);
    body.sized(new byte[ACTOR_BYTES]);
    body.leb(number); // sequence number
    body.leb(number); // first operation
    body.leb(0); // time
    body.sized(Bytes.utf8(MESSAGE));
    body.leb(0); // other actors
    body.leb(0); // columns
    var hashed = new Bytes();
    hashed.write(CHANGE);
    hashed.sized(body.toByteArray());
    byte[] hash = Sha256.of(hashed.toByteArray());
    var chunk = new Bytes();
    chunk.writeBytes(MAGIC);
    chunk.writeBytes(Arrays.copyOf(hash, CHECKSUM_BYTES));
    chunk.writeBytes(hashed.toByteArray());
    return new TrialChange(number, hash, chunk.toByteArray());
  }
}

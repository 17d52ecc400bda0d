package dev.syncline.server.document.automerge;

import dev.syncline.core.model.SyncException;
import java.util.Arrays;
import java.util.List;

/**
 * The outer form of everything Automerge stores: magic, four bytes of checksum, type, length, body.
 *
 * @param type what the body holds
 * @param bytes the whole chunk, header included
 * @param bodyAt where the body starts in {@code bytes}
 */
record Chunk(Type type, byte[] bytes, int bodyAt) {

  static final byte[] MAGIC = {(byte) 0x85, 0x6f, 0x4a, (byte) 0x83};
  static final int CHECKSUM_BYTES = 4;
  static final int TYPE_AT = MAGIC.length + CHECKSUM_BYTES;

  /** What a chunk's body holds, by its number on the wire. */
  enum Type {
    DOCUMENT,
    CHANGE,
    DEFLATED_CHANGE,
    BUNDLE;

    /** In the order of their numbers on the wire. */
    private static final List<Type> BY_NUMBER = List.of(DOCUMENT, CHANGE, DEFLATED_CHANGE, BUNDLE);
  }

  /** The number of {@link Type#CHANGE}: part of what a change's hash covers. */
  static final int CHANGE_NUMBER = 1;

  /** Takes the next chunk; its checksum is not looked at. */
  static Chunk next(Input in) {
    int start = in.at();
    byte[] magic = in.copy(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new SyncException.Invalid("a chunk doesn't start with Automerge's magic bytes");
    }
    in.skip(CHECKSUM_BYTES);
    int type = in.u8();
    if (type >= Type.BY_NUMBER.size()) {
      throw new SyncException.Invalid("a chunk is of the unknown type " + type);
    }
    int bodyLength = in.count(1);
    int bodyAt = in.at() - start;
    in.skip(bodyLength);
    return new Chunk(
        Type.BY_NUMBER.get(type), Arrays.copyOfRange(in.array(), start, in.at()), bodyAt);
  }

  int bodyLength() {
    return bytes.length - bodyAt;
  }
}

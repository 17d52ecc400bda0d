package dev.syncline.server.document.automerge;

import dev.syncline.core.model.SyncException;
import java.util.ArrayList;
import java.util.List;

/**
 * One message of Automerge's sync protocol.
 *
 * @param heads what the sender has: these changes and all that they build on
 * @param need changes that the sender asks for by name
 * @param have what the receiver need not send
 * @param changes changes for the receiver, in any order
 * @param unreadable chunks that hold changes in a form that is not read here: whole documents and
 *     bundles, which a peer sends only to those that say they can read them
 * @param reset whether the sender asks for everything again that was sent before
 */
public record SyncMessage(
    List<ChangeHash> heads,
    List<ChangeHash> need,
    List<Have> have,
    List<Change> changes,
    int unreadable,
    boolean reset) {

  private static final int V1 = 0x42;
  private static final int V2 = 0x43;
  private static final int FLAG_BITS = 0x80;
  private static final int FLAG_RESET = 0x01;

  /** A peer tells one of these, or a few after a merge; more would be a way to make us work. */
  private static final int MAX_HAVES = 64;

  /**
   * What the sender has beyond what was agreed.
   *
   * @param lastSync heads up to which the two agreed
   * @param bloom what the sender has since then
   */
  public record Have(List<ChangeHash> lastSync, BloomFilter bloom) {}

  /**
   * Reads either version.
   *
   * @param maxInflated the most bytes that a deflated change may take; all together four times that
   * @throws SyncException.Invalid if it is not a sound message; says why
   */
  static SyncMessage decode(byte[] bytes, int from, int to, int maxInflated) {
    var in = new Input(bytes, from, to);
    int version = in.u8();
    if (version != V1 && version != V2) {
      throw new SyncException.Invalid("a sync message is of the unknown version " + version);
    }
    List<ChangeHash> heads = in.hashes();
    List<ChangeHash> need = in.hashes();
    int haves = in.count(2);
    if (haves > MAX_HAVES) {
      throw new SyncException.Invalid("a sync message tells " + haves + " times what it has");
    }
    var have = new ArrayList<Have>(haves);
    for (int i = 0; i < haves; i++) {
      List<ChangeHash> lastSync = in.hashes();
      have.add(new Have(lastSync, BloomFilter.decode(in.slice(in.count(1)))));
    }
    var changes = new ArrayList<Change>();
    var inflation = new Inflation(maxInflated);
    int unreadable = 0;
    int elements = in.count(1);
    for (int i = 0; i < elements; i++) {
      Input element = in.slice(in.count(1));
      while (!element.isEmpty()) {
        Chunk chunk = Chunk.next(element);
        switch (chunk.type()) {
          case CHANGE, DEFLATED_CHANGE -> changes.add(Change.of(chunk, inflation));
          case DOCUMENT, BUNDLE -> unreadable++;
        }
      }
    }
    return new SyncMessage(
        heads, need, List.copyOf(have), List.copyOf(changes), unreadable, resetFlag(in));
  }

  /** Old peers send no flags, or other bytes: what isn't understood means nothing. */
  private static boolean resetFlag(Input in) {
    if (in.isEmpty()) {
      return false;
    }
    Input flags = in.slice(Math.min(in.u8(), in.left()));
    boolean reset = false;
    while (!flags.isEmpty()) {
      int flag = flags.u8();
      reset |= (flag & FLAG_BITS) != 0 && (flag & FLAG_RESET) != 0;
    }
    return reset;
  }

  /**
   * Writes version 1, without flags: so the peer answers with plain change chunks.
   *
   * @param changes chunks of changes, in an order in which they can be applied
   */
  static byte[] encode(
      List<ChangeHash> heads, List<ChangeHash> need, List<Have> have, List<byte[]> changes) {
    int size = 64 + ChangeHash.BYTES * (heads.size() + need.size());
    for (Have one : have) {
      size += ChangeHash.BYTES * one.lastSync().size() + one.bloom().encodedLength() + 8;
    }
    for (byte[] change : changes) {
      size += change.length + 5;
    }
    var out = new Output(size);
    out.u8(V1);
    out.hashes(heads);
    out.hashes(need);
    out.uleb(have.size());
    for (Have one : have) {
      out.hashes(one.lastSync());
      byte[] bloom = one.bloom().encode();
      out.uleb(bloom.length);
      out.raw(bloom);
    }
    out.uleb(changes.size());
    for (byte[] change : changes) {
      out.uleb(change.length);
      out.raw(change);
    }
    return out.toByteArray();
  }
}

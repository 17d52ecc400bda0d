package dev.syncline.server.document.automerge;

import dev.syncline.server.document.automerge.SyncMessage.Have;
import java.util.Arrays;
import java.util.List;

/**
 * What to send to a peer.
 *
 * @param heads what we have
 * @param need what we ask for by name
 * @param have what the peer need not send to us
 * @param changes indexes of changes in the history, ascending
 */
public record Outgoing(
    List<ChangeHash> heads, List<ChangeHash> need, List<Have> have, int[] changes) {

  /** The message's bytes; peers in the same state get the same. */
  public byte[] encode(List<byte[]> chunks) {
    return SyncMessage.encode(heads, need, have, chunks);
  }

  /** Equal messages to equal peers are written once. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Outgoing that
        && heads.equals(that.heads)
        && need.equals(that.need)
        && Arrays.equals(changes, that.changes)
        && filters().equals(that.filters());
  }

  @Override
  public int hashCode() {
    return 31 * heads.hashCode() + Arrays.hashCode(changes);
  }

  private List<Filter> filters() {
    return have.stream().map(one -> new Filter(one.lastSync(), one.bloom().entries())).toList();
  }

  /** With the history, this settles a filter. */
  private record Filter(List<ChangeHash> lastSync, int entries) {}
}

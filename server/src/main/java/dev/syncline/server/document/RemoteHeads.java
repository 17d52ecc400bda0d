package dev.syncline.server.document;

import dev.syncline.core.model.DocumentId;
import dev.syncline.server.document.automerge.ChangeHash;
import dev.syncline.server.document.automerge.PeerSync;
import dev.syncline.server.document.automerge.ServerFrame;
import java.util.List;
import java.util.Map;

/**
 * News about what the storages of a document's clients have reached, for those who asked for them.
 * Confined to the room's mailbox.
 *
 * @param peers who has the document open; the room's own
 */
record RemoteHeads(DocumentServer server, DocumentId document, Map<Connection, PeerSync> peers) {

  /** Tells those who asked for it that a client's storage has reached these heads. */
  void reached(Connection about, List<ChangeHash> heads) {
    about
        .storage()
        .ifPresent(storage -> {
          for (Connection connection : peers.keySet()) {
            if (connection != about && connection.isSubscribedTo(storage)) {
              send(connection, storage, heads);
            }
          }
        });
  }

  /** Tells a client, which has just asked for it, what a storage has reached. */
  void tell(Connection to, String storage) {
    peers.forEach((connection, peer) -> {
      if (connection != to && connection.storage().filter(storage::equals).isPresent()) {
        send(to, storage, peer.heads());
      }
    });
  }

  private void send(Connection to, String storage, List<ChangeHash> heads) {
    to.send(
        ServerFrame.remoteHeads(
            server.name(), to.peerName(), document, storage, heads, server.rooms().newsMillis()));
  }
}

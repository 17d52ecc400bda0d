package dev.syncline.server.document.automerge;

import dev.syncline.core.model.DocumentId;
import java.util.List;
import java.util.Optional;

/** What a client can say: the network messages of automerge-repo. */
public sealed interface ClientMessage {

  /**
   * The first message of a connection.
   *
   * @param peer how the client calls itself
   * @param storage where it keeps its documents, if it keeps them
   * @param versions protocol versions that it speaks; empty means the first
   */
  record Join(String peer, Optional<String> storage, List<String> versions)
      implements ClientMessage {}

  /** {@code sync}, or {@code request} if the client has nothing of the document. */
  record Sync(String sender, DocumentId document, Kind kind, SyncMessage message)
      implements ClientMessage {

    /** The two ways to send a sync message. */
    public enum Kind {
      SYNC,
      REQUEST
    }
  }

  /** Something for the others who have the document open, kept nowhere. */
  record Ephemeral(String sender, DocumentId document, String session, long count, byte[] data)
      implements ClientMessage {}

  /** Which other clients' storages the client wants to hear about. */
  record Subscription(String sender, List<String> add, List<String> remove)
      implements ClientMessage {}

  /** The client goes. */
  record Leave() implements ClientMessage {}

  /** Sound, but nothing that a server has to act upon. */
  record Other(String type) implements ClientMessage {}
}

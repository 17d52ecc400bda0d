package dev.syncline.testkit.automerge;

/** Frames as clients send them. */
public final class ClientFrames {

  private ClientFrames() {}

  public static byte[] join(String peer) {
    return new Wire()
        .head(5, 4)
        .text("type")
        .text("join")
        .text("senderId")
        .text(peer)
        .text("peerMetadata")
        .head(5, 2)
        .text("storageId")
        .u8(0xf7)
        .text("isEphemeral")
        .u8(0xf5)
        .text("supportedProtocolVersions")
        .head(4, 1)
        .text("1")
        .toByteArray();
  }

  /** A client that keeps its documents. */
  public static byte[] join(String peer, String storage) {
    return new Wire()
        .head(5, 3)
        .text("type")
        .text("join")
        .text("senderId")
        .text(peer)
        .text("peerMetadata")
        .head(5, 2)
        .text("storageId")
        .text(storage)
        .text("isEphemeral")
        .u8(0xf4)
        .toByteArray();
  }

  public static byte[] sync(String peer, String document, byte[] data) {
    return message("sync", peer, document, data);
  }

  public static byte[] message(String type, String peer, String document, byte[] data) {
    return new Wire()
        .head(5, 5)
        .text("type")
        .text(type)
        .text("senderId")
        .text(peer)
        .text("targetId")
        .text("server")
        .text("documentId")
        .text(document)
        .text("data")
        .bytes(data)
        .toByteArray();
  }

  public static byte[] ephemeral(
      String peer, String document, String session, int count, byte[] data) {
    return new Wire()
        .head(5, 6)
        .text("type")
        .text("ephemeral")
        .text("senderId")
        .text(peer)
        .text("documentId")
        .text(document)
        .text("sessionId")
        .text(session)
        .text("count")
        .head(0, count)
        .text("data")
        .bytes(data)
        .toByteArray();
  }

  /** Asks for news about what another client's storage has reached. */
  public static byte[] subscribe(String peer, String storage) {
    return new Wire()
        .head(5, 4)
        .text("type")
        .text("remote-subscription-change")
        .text("senderId")
        .text(peer)
        .text("add")
        .head(4, 1)
        .text(storage)
        .text("remove")
        .u8(0xf7)
        .toByteArray();
  }
}

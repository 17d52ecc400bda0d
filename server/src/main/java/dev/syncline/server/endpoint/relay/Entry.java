package dev.syncline.server.endpoint.relay;

/** A file of a shared folder, as the folder's document lists it. */
public sealed interface Entry {

  /** The document, or the attachment. */
  RelayId id();

  /** A note: a document with a text. */
  record Note(RelayId id) implements Entry {}

  /** A canvas: a document with nodes and edges. */
  record Canvas(RelayId id) implements Entry {}

  /**
   * An attachment.
   *
   * @param sha256 of its bytes, in hexadecimal digits: a new version has another
   */
  record Attachment(RelayId id, String sha256) implements Entry {}
}

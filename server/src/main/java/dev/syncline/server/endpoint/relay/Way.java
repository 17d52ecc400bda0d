package dev.syncline.server.endpoint.relay;

/** How documents are read. */
public enum Way {
  /** By a request for each. */
  REQUEST,

  /**
   * By a WebSocket for each, as editors do: for who listens to events. A document that is loaded by
   * a request belongs to no folder until the server unloads it, and nobody hears of its changes.
   */
  SOCKET
}

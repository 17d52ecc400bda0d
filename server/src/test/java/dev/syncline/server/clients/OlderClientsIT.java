package dev.syncline.server.clients;

/** The 1.x clients. */
final class OlderClientsIT extends ClientContract {

  OlderClientsIT() {
    super(Generation.OLDER);
  }
}

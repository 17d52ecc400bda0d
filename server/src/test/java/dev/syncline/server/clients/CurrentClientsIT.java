package dev.syncline.server.clients;

/** The 2.x clients. */
final class CurrentClientsIT extends ClientContract {

  CurrentClientsIT() {
    super(Generation.CURRENT);
  }
}

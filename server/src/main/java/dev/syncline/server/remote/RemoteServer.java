package dev.syncline.server.remote;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.IssuedTokens;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Documents;
import dev.syncline.server.view.Workspaces;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A running server, looked after from outside through its administration API. What the views
 * promise of failures holds here too; besides, everything throws {@link SyncException.Unavailable}
 * while the server can't be reached, and {@link SyncException.Denied} if it doesn't take the token.
 *
 * <p>Thread-safe. Closing it lets go of its connections.
 */
public final class RemoteServer implements AutoCloseable {

  private final Wire wire;

  /**
   * Connects when first asked for something.
   *
   * @param address such as {@code https://sync.example.org} or {@code http://127.0.0.1:3030}
   * @param token of scope admin
   * @param certificate PEM file whose first certificate is the only one that is accepted, whatever
   *     name it was made for; if empty, what Java trusts and the name fits
   * @throws SyncException.Invalid if the address is not one of a server, or the certificate can't
   *     be read
   */
  public RemoteServer(URI address, String token, Optional<Path> certificate) {
    this.wire = new Wire(address, token, certificate.map(Pinned::context));
  }

  /** Its documents. */
  public Documents documents() {
    return new RemoteDocuments(wire);
  }

  /** Its tokens. The server's clock counts: the moment given to {@code create} is not sent. */
  public IssuedTokens tokens() {
    return new RemoteTokens(wire);
  }

  /** Its backups. */
  public Archive archive() {
    return new RemoteArchive(wire);
  }

  /** Its workspaces. */
  public Workspaces workspaces() {
    return new RemoteWorkspaces(wire);
  }

  /** The files of its workspaces. */
  public RemoteFiles files() {
    return new RemoteFiles(wire);
  }

  @Override
  public void close() {
    wire.close();
  }
}

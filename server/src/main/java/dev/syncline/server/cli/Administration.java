package dev.syncline.server.cli;

import dev.syncline.core.port.IssuedTokens;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Documents;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;

/** What can be looked after, of a server that runs or of a data directory at rest. */
public interface Administration {

  Documents documents();

  /** A revoked token's connections are closed as well. */
  IssuedTokens tokens();

  Archive archive();

  Workspaces workspaces();

  /** Something to do with all this. */
  @FunctionalInterface
  interface Work<T> {
    T run(Administration administration) throws IOException;
  }
}

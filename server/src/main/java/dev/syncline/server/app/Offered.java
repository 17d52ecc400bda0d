package dev.syncline.server.app;

import dev.syncline.core.port.IssuedTokens;
import dev.syncline.server.cli.Administration;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Documents;
import dev.syncline.server.view.Workspaces;

/** What commands may look after. */
record Offered(Documents documents, IssuedTokens tokens, Archive archive, Workspaces workspaces)
    implements Administration {}

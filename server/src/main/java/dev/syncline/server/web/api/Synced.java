package dev.syncline.server.web.api;

import dev.syncline.server.view.Files;
import dev.syncline.server.view.Signals;
import dev.syncline.server.view.Workspaces;

/**
 * What the API offers of workspaces.
 *
 * @param workspaces to look after them
 * @param files for apps
 * @param signals for repositories' hosts
 */
public record Synced(Workspaces workspaces, Files files, Signals signals) {}

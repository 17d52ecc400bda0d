package dev.syncline.server.web.api;

import dev.syncline.server.view.Clones;
import dev.syncline.server.view.Files;
import dev.syncline.server.view.Signals;
import dev.syncline.server.view.Webhooks;
import dev.syncline.server.view.Workspaces;

/**
 * What is offered of workspaces.
 *
 * @param workspaces to look after them
 * @param files for apps
 * @param signals for repositories' hosts
 * @param clones for Git clients
 * @param webhooks for Relay Servers
 */
public record Synced(
    Workspaces workspaces, Files files, Signals signals, Clones clones, Webhooks webhooks) {}

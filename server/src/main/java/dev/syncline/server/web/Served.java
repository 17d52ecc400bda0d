package dev.syncline.server.web;

import dev.syncline.core.port.IssuedTokens;
import dev.syncline.server.view.AdminAccess;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Documents;
import dev.syncline.server.view.ServerView;
import dev.syncline.server.web.api.Synced;
import java.time.InstantSource;

/**
 * What pages, probes and the administration API show and command.
 *
 * @param access who may use the administration API
 */
public record Served(
    ServerView server,
    Documents documents,
    IssuedTokens tokens,
    Archive archive,
    Synced synced,
    AdminAccess access,
    InstantSource time) {}

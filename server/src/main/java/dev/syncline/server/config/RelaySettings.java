package dev.syncline.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What holds for shared folders of Relay Servers where a workspace's file says nothing else.
 *
 * @param server where they are
 * @param key what is shown to it
 * @param connectors a {@code git_connectors.toml}, if there is one
 * @param quiet for how long nobody may have typed before there is a commit
 * @param interval there is one after so long even if people go on typing
 */
public record RelaySettings(
    Optional<URI> server,
    Optional<Secret> key,
    Optional<Path> connectors,
    Duration quiet,
    Duration interval) {}

package dev.syncline.server.config;

import java.util.Optional;

/**
 * Secrets that the whole server uses.
 *
 * @param webhooks what senders of webhooks have to prove that they know
 * @param ssh the private key for repositories over ssh whose link names none
 */
public record Keys(Optional<Secret> webhooks, Optional<Secret> ssh) {}

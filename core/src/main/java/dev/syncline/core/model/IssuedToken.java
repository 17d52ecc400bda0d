package dev.syncline.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A token as it can still be shown after it was handed out: all but its secret.
 *
 * @param id the part of the token that is no secret and names it
 * @param lastUsed when it last opened a connection, to within a minute; empty if it never did
 */
public record IssuedToken(String id, Grant grant, Instant created, Optional<Instant> lastUsed) {}

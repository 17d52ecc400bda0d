package dev.syncline.server.view;

import java.time.Duration;

/**
 * A part of a round trip that was gone.
 *
 * @param what from where to where, for people
 * @param took since the probe was written or removed
 */
public record Leg(String what, Duration took) {}

package dev.syncline.server.web;

import java.time.Duration;

/**
 * How long clients may take.
 *
 * @param request until a request is there as a whole, and between two requests
 * @param idle without a byte while a request is being answered
 * @param socket without a frame on a WebSocket; the server's own pings count
 * @param stop for answers that are under way when the server stops
 * @param sweep how often slow clients and changed certificates are looked for
 */
public record Patience(
    Duration request, Duration idle, Duration socket, Duration stop, Duration sweep) {

  public static final Patience DEFAULTS =
      new Patience(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5));
}

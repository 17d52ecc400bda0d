package dev.syncline.server.endpoint.jsonapi;

import java.net.URI;
import java.net.http.HttpHeaders;

/** How a request ended. */
sealed interface Answer {

  /**
   * With contents.
   *
   * @param address where they came from in the end
   */
  record Contents(byte[] body, HttpHeaders headers, URI address) implements Answer {}

  /** What was there before is there still. */
  record Unchanged() implements Answer {}

  /** Without. */
  record Failed(Trouble trouble) implements Answer {}
}

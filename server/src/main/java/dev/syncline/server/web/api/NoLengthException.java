package dev.syncline.server.web.api;

import java.io.IOException;

/** A body doesn't say how long it is, or becomes. */
final class NoLengthException extends IOException {

  private static final long serialVersionUID = 1L;

  NoLengthException(String sentence) {
    super(sentence);
  }
}

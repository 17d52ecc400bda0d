package dev.syncline.server.web.api;

import java.io.IOException;

/** A body is longer than this server takes. */
public final class TooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  TooLongException(long maxBytes) {
    super("the body is longer than " + maxBytes + " bytes");
  }
}

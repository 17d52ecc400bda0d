package dev.syncline.server.web.api;

import java.io.IOException;

/** A body is in a coding that is not known here. */
final class UnknownCodingException extends IOException {

  private static final long serialVersionUID = 1L;

  UnknownCodingException(String coding) {
    super("Content-Encoding `" + coding + "` is not known here: send it as it is");
  }
}

package dev.syncline.server.endpoint.folder;

import java.io.IOException;

/** The folder can't hold a file, however often it is tried. */
final class CannotHoldException extends IOException {

  private static final long serialVersionUID = 1L;

  CannotHoldException(String reason) {
    super(reason);
  }

  CannotHoldException(String reason, Throwable cause) {
    super(reason, cause);
  }

  String reason() {
    String reason = getMessage();
    return reason == null ? "it can't be held" : reason;
  }
}

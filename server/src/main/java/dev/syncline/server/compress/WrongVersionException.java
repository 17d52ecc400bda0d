package dev.syncline.server.compress;

import java.io.IOException;

/** A delta was made against contents that are not here: send them whole. */
public final class WrongVersionException extends IOException {

  private static final long serialVersionUID = 1L;

  public WrongVersionException() {
    super("the delta is against a version that is not here: send the contents whole");
  }
}

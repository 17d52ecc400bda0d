package dev.syncline.testkit.workspace;

/** The process died here. Nothing may catch it but the simulation. */
public final class Crash extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Crash() {
    super("the process died here", null, false, false);
  }
}

package dev.syncline.yjs;

/** Bytes that are no update, or none that this library takes: nothing of them was applied. */
public final class MalformedUpdateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedUpdateException(String message) {
    super(message);
  }
}

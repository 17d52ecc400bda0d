package dev.syncline.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Every failure that crosses a port, named after what has to happen next. The adapter that sees the
 * cause picks the class; the caller never guesses from a message.
 */
public abstract sealed class SyncException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private SyncException(String message) {
    super(message);
  }

  private SyncException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What was given can't be used: tell whoever gave it, and don't retry. */
  public static final class Invalid extends SyncException {
    private static final long serialVersionUID = 1L;

    public Invalid(String message) {
      super(message);
    }

    public Invalid(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The credentials don't allow it: wait for new ones. */
  public static final class Denied extends SyncException {
    private static final long serialVersionUID = 1L;

    public Denied(String message) {
      super(message);
    }

    public Denied(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** It doesn't work now: retry with back-off and jitter. */
  public static final class Unavailable extends SyncException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Instant> notBefore;

    public Unavailable(String message) {
      super(message);
      this.notBefore = Optional.empty();
    }

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
      this.notBefore = Optional.empty();
    }

    public Unavailable(String message, Throwable cause, Instant notBefore) {
      super(message, cause);
      this.notBefore = Optional.of(notBefore);
    }

    /** The earliest moment at which a retry makes sense, if the other side named one. */
    public Optional<Instant> notBefore() {
      return notBefore;
    }
  }

  /** Stored data is not what was written: stop, keep everything, and call the operator. */
  public static final class Corrupt extends SyncException {
    private static final long serialVersionUID = 1L;

    public Corrupt(String message) {
      super(message);
    }

    public Corrupt(String message, Throwable cause) {
      super(message, cause);
    }
  }
}

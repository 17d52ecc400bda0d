package dev.syncline.server.document;

/** The way to one client. Thread-safe; nothing blocks. */
public interface Outbox {

  /** Queues one message; the array is not changed afterwards. */
  void send(byte[] frame);

  /** Bytes that are queued and not yet handed to the network. */
  long queuedBytes();

  /** Sends what is queued, then closes with a reason that says what was wrong. */
  void close(Reason reason, String text);

  /** Why the server ends a connection; numbers are those of RFC 6455, section 7.4. */
  enum Reason {
    GOING_AWAY(1001),
    BAD_FRAME(1002),
    REFUSED(1008),
    TOO_LARGE(1009),
    /** A bug of ours. */
    FAULT(1011),
    TRY_AGAIN_LATER(1013);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** The close code on the wire. */
    public int code() {
      return code;
    }
  }
}

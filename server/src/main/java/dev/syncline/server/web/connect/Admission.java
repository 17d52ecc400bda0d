package dev.syncline.server.web.connect;

import java.util.concurrent.atomic.AtomicBoolean;

/** The answer to somebody who asks to connect. */
public sealed interface Admission {

  /** Come in. Closing it gives the place back, once, however often it is closed. */
  final class Lease implements Admission, AutoCloseable {
    private final AtomicBoolean held = new AtomicBoolean(true);
    private final Runnable release;

    Lease(Runnable release) {
      this.release = release;
    }

    @Override
    public void close() {
      if (held.compareAndSet(true, false)) {
        release.run();
      }
    }
  }

  /** All places are taken. */
  record Full(int limit) implements Admission {}

  /** This address has taken its share. */
  record AddressFull(int limit) implements Admission {}
}

package dev.syncline.server.forge.testforge;

import java.io.IOException;

/** What befalls one request. */
@FunctionalInterface
public interface Fault {

  /** A request that something befalls. */
  interface Victim {
    /** Does what is asked, and answers nobody yet. */
    Reply serve() throws IOException;

    void answer(Reply reply) throws IOException;

    /** Ends the connection without an answer. */
    void reset();
  }

  void befall(Victim victim) throws IOException;

  /** It is answered so, and nothing is done. */
  static Fault answer(Reply reply) {
    return victim -> victim.answer(reply);
  }

  static Fault answer(int status, String message) {
    return answer(Reply.error(status, message));
  }

  /** It is done, and answered as if it had failed. */
  static Fault doneBut(int status) {
    return victim -> {
      victim.serve();
      victim.answer(Reply.error(status, "Server Error"));
    };
  }

  /** Nothing is done, and the connection ends. */
  static Fault reset() {
    return Victim::reset;
  }

  /** It is done, and the connection ends. */
  static Fault doneButReset() {
    return victim -> {
      victim.serve();
      victim.reset();
    };
  }

  /** Something else happens before it is done. */
  static Fault meanwhile(Runnable something) {
    return victim -> {
      something.run();
      victim.answer(victim.serve());
    };
  }
}

package dev.syncline.server.cli;

/** The command line can't be understood: says what is wrong with it. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String sentence) {
    super(sentence);
  }
}

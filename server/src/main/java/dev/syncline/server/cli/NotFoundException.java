package dev.syncline.server.cli;

/** What was asked for does not exist. */
final class NotFoundException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotFoundException(String sentence) {
    super(sentence);
  }
}

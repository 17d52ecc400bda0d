package dev.syncline.server.config;

/**
 * Something in a configuration that can't be used.
 *
 * @param place where it is written: {@code syncline.yaml:3}, {@code PORT}, {@code --port}
 * @param sentence what is wrong and what to do, without what is secret
 */
public record Problem(String place, String sentence) {

  @Override
  public String toString() {
    return place + ": " + sentence;
  }
}

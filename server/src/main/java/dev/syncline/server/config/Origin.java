package dev.syncline.server.config;

/**
 * Where a value was written.
 *
 * @param layer which kind of place; a later one wins over an earlier one
 * @param place the place itself, for a person: {@code syncline.yaml:3}, {@code PORT}, {@code
 *     --port}
 */
public record Origin(Layer layer, String place) {

  /** The kinds of places, in ascending order of who wins. */
  public enum Layer {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    FLAG
  }

  static final Origin PRESET = new Origin(Layer.DEFAULT, "default");

  boolean winsOver(Origin other) {
    return layer.compareTo(other.layer) > 0;
  }

  @Override
  public String toString() {
    return place;
  }
}

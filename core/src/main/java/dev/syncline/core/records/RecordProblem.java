package dev.syncline.core.records;

/**
 * Something that is odd about a set, and no obstacle.
 *
 * @param set its name
 */
public record RecordProblem(String set, Kind kind, String key) {

  /** What is odd. */
  public enum Kind {
    /** Several records have this key; the last one counts, at the first one's place. */
    REPEATED_KEY("has the record `%s` more than once: the last one counts"),
    /** An object in this record has several values of one name; the last one counts. */
    REPEATED_FIELD("has a field of `%s` more than once: the last one counts");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }
  }

  /** What it is, for a person. */
  public String sentence() {
    return set + " " + kind.sentence.formatted(key);
  }
}

package dev.syncline.core.model;

/**
 * What an examination found.
 *
 * @param verdict how it is
 * @param subject what was looked at, in a few words
 * @param sentence what was found
 * @param remedy what a person has to do; empty if nothing
 */
public record Finding(Verdict verdict, String subject, String sentence, String remedy) {

  /** How it is. */
  public enum Verdict {
    OK,
    /** It works, but not as well as it could, or not for long. */
    WARNING,
    /** It does not work. */
    WRONG
  }

  public static Finding ok(String subject, String sentence) {
    return new Finding(Verdict.OK, subject, sentence, "");
  }

  public static Finding warning(String subject, String sentence, String remedy) {
    return new Finding(Verdict.WARNING, subject, sentence, remedy);
  }

  public static Finding wrong(String subject, String sentence, String remedy) {
    return new Finding(Verdict.WRONG, subject, sentence, remedy);
  }

  /** The same, of something that belongs to something larger. */
  public Finding of(String whole) {
    return new Finding(verdict, whole + ": " + subject, sentence, remedy);
  }
}

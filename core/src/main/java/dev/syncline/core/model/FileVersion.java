package dev.syncline.core.model;

/**
 * A file as it was at some moment.
 *
 * @param content what is in it
 * @param mode what kind of file it is
 */
public record FileVersion(ContentId content, FileMode mode) {

  /** A file with these contents that may not be run. */
  public static FileVersion regular(ContentId content) {
    return new FileVersion(content, FileMode.REGULAR);
  }

  public FileVersion withContent(ContentId other) {
    return new FileVersion(other, mode);
  }
}

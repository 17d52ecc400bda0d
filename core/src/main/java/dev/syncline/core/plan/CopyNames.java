package dev.syncline.core.plan;

import dev.syncline.core.model.FilePath;

/** Names for a second version beside a file: {@code plan (from laptop).txt}, {@code … 2).txt}, … */
public final class CopyNames {

  private final FilePath path;
  private final String stem;
  private final String extension;
  private final String label;
  private int count;

  /**
   * Names beside a file.
   *
   * @param path the file
   * @param label where the second version comes from
   */
  public CopyNames(FilePath path, String label) {
    this.path = path;
    this.label = label;
    String name = path.name();
    int dot = name.lastIndexOf('.');
    // A leading dot starts no extension: .profile is all stem.
    this.stem = dot > 0 ? name.substring(0, dot) : name;
    this.extension = dot > 0 ? name.substring(dot) : "";
  }

  /** The next name to try. */
  public FilePath next() {
    count++;
    String number = count == 1 ? "" : " " + count;
    return path.sibling(stem + " (from " + label + number + ")" + extension);
  }
}

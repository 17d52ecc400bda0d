package dev.syncline.core.plan;

import dev.syncline.core.model.FilePath;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Names for a second version beside a file: {@code plan (from laptop).txt}, {@code … 2).txt}, …
 *
 * @param path the file
 * @param label where the second version comes from
 */
public record CopyNames(FilePath path, String label) {

  /** Where so many names are taken, no name is free for another reason. */
  private static final int MOST = 1000;

  /** The first name that is free; empty if none is. */
  public Optional<FilePath> firstThat(Predicate<FilePath> isFree) {
    return IntStream.rangeClosed(1, MOST).mapToObj(this::name).filter(isFree).findFirst();
  }

  private FilePath name(int count) {
    String name = path.name();
    int dot = name.lastIndexOf('.');
    // A leading dot starts no extension: .profile is all stem.
    int stem = dot > 0 ? dot : name.length();
    String number = count == 1 ? "" : " " + count;
    return path.sibling(
        name.substring(0, stem) + " (from " + label + number + ")" + name.substring(stem));
  }
}

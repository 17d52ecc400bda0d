package dev.syncline.core.model;

import java.util.regex.Pattern;

/**
 * Names one run of a link. Sorts by time.
 *
 * @param value 1 to 40 of {@code a-z 0-9 -}
 */
public record RunId(String value) {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public RunId {
    if (!FORM.matcher(value).matches()) {
      throw new SyncException.Invalid("\"" + value + "\" is not a run's name");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}

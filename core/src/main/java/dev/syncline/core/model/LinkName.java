package dev.syncline.core.model;

import java.util.regex.Pattern;

/**
 * Names a link: 1 to 64 of {@code a-z 0-9 . _ -}, the first a letter or digit. Safe in a URL, in a
 * ref, and as a file name on every system.
 *
 * @param value the name
 */
public record LinkName(String value) implements Comparable<LinkName> {

  private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9_-]|\\.(?![.])){0,63}");

  public LinkName {
    if (!FORM.matcher(value).matches() || value.endsWith(".") || value.endsWith(".lock")) {
      throw new SyncException.Invalid(
          "\""
              + value
              + "\" can't name a link: 1 to 64 of a-z 0-9 . _ -, starting with a letter or digit");
    }
  }

  @Override
  public int compareTo(LinkName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}

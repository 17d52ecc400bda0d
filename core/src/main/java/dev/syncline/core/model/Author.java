package dev.syncline.core.model;

/**
 * Who made a change, as Git writes it.
 *
 * @param name not empty; no line break, {@code <} or {@code >}
 * @param email the same, but may be empty
 */
public record Author(String name, String email) {

  public Author {
    if (name.isBlank() || !isPlain(name) || !isPlain(email)) {
      throw new SyncException.Invalid(
          "\""
              + name
              + " <"
              + email
              + ">\" is not an author: name and address without < > or line breaks");
    }
  }

  private static boolean isPlain(String text) {
    return text.chars().noneMatch(c -> c < ' ' || c == '<' || c == '>' || c == 0x7F);
  }

  @Override
  public String toString() {
    return name + " <" + email + ">";
  }
}

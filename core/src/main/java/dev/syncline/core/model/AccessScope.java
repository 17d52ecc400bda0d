package dev.syncline.core.model;

/** What a token allows. Each scope includes those before it. */
public enum AccessScope {
  /** Read documents. */
  DOCUMENTS_READ("documents:read"),
  /** Read and change documents. */
  DOCUMENTS_WRITE("documents:write"),
  /** Everything, the admin API included. */
  ADMIN("admin");

  private final String text;

  AccessScope(String text) {
    this.text = text;
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws SyncException.Invalid if there is no such scope
   */
  public static AccessScope parse(String text) {
    for (AccessScope scope : values()) {
      if (scope.text.equals(text)) {
        return scope;
      }
    }
    throw new SyncException.Invalid(
        "no scope is called " + text + ": use documents:read, documents:write or admin");
  }

  /** As people write it: {@code documents:read}. */
  public String text() {
    return text;
  }

  /** Whether a token of this scope may do what {@code needed} allows. */
  public boolean includes(AccessScope needed) {
    return compareTo(needed) >= 0;
  }
}

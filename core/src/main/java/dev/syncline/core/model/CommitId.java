package dev.syncline.core.model;

import java.util.regex.Pattern;

/**
 * Names one version of a whole ledger: the id of a Git commit.
 *
 * @param hex 40 hexadecimal digits in lower case
 */
public record CommitId(String hex) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

  public CommitId {
    if (!FORM.matcher(hex).matches()) {
      throw new SyncException.Invalid(
          "\"" + hex + "\" is not a commit id of 40 hexadecimal digits");
    }
  }

  /** As people write it: the first ten digits. */
  public String brief() {
    return hex.substring(0, 10);
  }

  @Override
  public String toString() {
    return hex;
  }
}

package dev.syncline.testkit.automerge;

import java.util.List;

/**
 * A change as a client would make it.
 *
 * @param hash 64 hexadecimal digits
 * @param dependencies hashes of what it builds on
 * @param chunk its bytes on the wire
 */
public record GeneratedChange(String hash, List<String> dependencies, byte[] chunk) {

  public GeneratedChange {
    dependencies = List.copyOf(dependencies);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GeneratedChange change && hash.equals(change.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }
}

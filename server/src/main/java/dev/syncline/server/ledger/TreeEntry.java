package dev.syncline.server.ledger;

import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.lib.ObjectId;

/**
 * One line of a Git tree.
 *
 * @param name its bytes, one a character
 * @param bits its mode, as it was written
 * @param id the blob, tree or commit
 */
record TreeEntry(String name, int bits, ObjectId id) implements Comparable<TreeEntry> {

  static TreeEntry of(byte[] name, int bits, ObjectId id) {
    return new TreeEntry(new String(name, StandardCharsets.ISO_8859_1), bits, id);
  }

  boolean isTree() {
    return GitModes.isTree(bits);
  }

  byte[] bytes() {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** As people read it. */
  String text() {
    byte[] bytes = bytes();
    return GitPaths.text(bytes, 0, bytes.length);
  }

  /** Git orders by bytes, a folder as if its name ended with a slash. */
  @Override
  public int compareTo(TreeEntry other) {
    int common = Math.min(name.length(), other.name.length());
    for (int at = 0; at < common; at++) {
      int difference = name.charAt(at) - other.name.charAt(at);
      if (difference != 0) {
        return difference;
      }
    }
    return at(common) - other.at(common);
  }

  private int at(int index) {
    return index < name.length() ? name.charAt(index) : isTree() ? '/' : 0;
  }
}

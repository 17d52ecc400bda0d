package dev.syncline.server.ledger;

import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Lets a walk see one path, whatever its bytes; JGit's own filter knows UTF-8 only. */
final class OnePath extends TreeFilter {

  private final byte[] path;

  OnePath(byte[] path) {
    this.path = path;
  }

  @Override
  public boolean include(TreeWalk walker) {
    return walker.isPathPrefix(path, path.length) == 0;
  }

  @Override
  public boolean shouldBeRecursive() {
    return true;
  }

  @Override
  public TreeFilter clone() {
    return this;
  }
}

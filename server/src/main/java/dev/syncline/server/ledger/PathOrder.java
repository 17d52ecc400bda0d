package dev.syncline.server.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Brings versions of the same path next to each other, so that few have to be compared to find what
 * is the same in them. For one thread at a time.
 */
final class PathOrder {

  private final ObjectReader reader;
  private final RevWalk walk;
  private final Map<AnyObjectId, Integer> paths = new HashMap<>();

  PathOrder(ObjectReader reader, RevWalk walk) {
    this.reader = reader;
    this.walk = walk;
  }

  /** Objects by their paths, as far as commits among them say; otherwise in the given order. */
  List<RevObject> sorted(List<RevObject> objects) throws IOException {
    for (RevObject object : objects) {
      if (object instanceof RevCommit commit) {
        look(commit);
      }
    }
    var sorted = new ArrayList<>(objects);
    sorted.sort(Comparator.comparing(object -> paths.getOrDefault(object, 0)));
    return sorted;
  }

  /** Remembers where the objects are that a commit brought. */
  private void look(RevCommit commit) throws IOException {
    walk.parseHeaders(commit);
    try (var trees = new TreeWalk(reader)) {
      trees.addTree(before(commit));
      trees.addTree(commit.getTree());
      trees.setFilter(TreeFilter.ANY_DIFF);
      while (trees.next()) {
        if (!trees.idEqual(0, 1)) {
          paths.putIfAbsent(trees.getObjectId(1), Arrays.hashCode(trees.getRawPath()));
        }
        // A folder that is new as a whole has no earlier version to be like.
        if (trees.isSubtree() && trees.getRawMode(0) != 0) {
          trees.enterSubtree();
        }
      }
    }
  }

  private AbstractTreeIterator before(RevCommit commit) throws IOException {
    if (commit.getParentCount() == 0) {
      return new EmptyTreeIterator();
    }
    RevCommit parent = walk.parseCommit(commit.getParent(0));
    return new CanonicalTreeParser(new byte[0], reader, parent.getTree());
  }
}

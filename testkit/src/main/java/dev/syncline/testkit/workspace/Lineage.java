package dev.syncline.testkit.workspace;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who made which version of a path knowing which other: tells whether what is left in the end is
 * something that nobody has replaced.
 */
final class Lineage {

  /** One version of one path, or its deletion. */
  private static final class Node {
    final Optional<FileVersion> version;
    final List<Node> successors = new ArrayList<>();
    boolean lost;

    Node(Optional<FileVersion> version) {
      this.version = version;
    }

    /** Whether somebody replaced it, and that still counts. */
    boolean isReplaced() {
      return successors.stream().anyMatch(next -> !next.lost || next.isReplaced());
    }
  }

  private final Map<FilePath, List<Node>> nodes = new HashMap<>();
  private final Set<FilePath> excused = new HashSet<>();

  /** Somebody who saw one version made another of it. */
  void made(FilePath path, Optional<FileVersion> seen, Optional<FileVersion> made) {
    var node = new Node(made);
    newest(path, seen).ifPresent(before -> before.successors.add(node));
    at(path).add(node);
  }

  /** Syncline put a version at a path: made by a merge, or brought there by a rename or a copy. */
  void brought(FilePath path, Optional<FileVersion> version) {
    if (newest(path, version).isEmpty()) {
      at(path).add(new Node(version));
    }
  }

  /** A policy or a person set a version aside. */
  void lost(FilePath path, Optional<FileVersion> version) {
    for (Node node : at(path)) {
      if (node.version.equals(version) && (version.isPresent() || node.successors.isEmpty())) {
        node.lost = true;
      }
    }
  }

  /** A policy chose between a file and a folder: nothing is said any more of what is there. */
  void excuse(FilePath top) {
    excused.add(top);
  }

  /** Why this can't be what is left of a path; empty if it can. */
  Optional<String> objection(FilePath path, Optional<FileVersion> left) {
    if (excused.stream().anyMatch(top -> path.equals(top) || path.isUnder(top))) {
      return Optional.empty();
    }
    List<Node> all = at(path);
    if (left.isEmpty()) {
      boolean deleted =
          all.isEmpty()
              || all.stream().allMatch(node -> node.lost || node.isReplaced())
              || all.stream().anyMatch(node -> node.version.isEmpty() && !node.isReplaced());
      return deleted
          ? Optional.empty()
          : Optional.of(path + " is gone, and nobody deleted its last version");
    }
    List<Node> same = all.stream().filter(node -> node.version.equals(left)).toList();
    if (same.isEmpty()) {
      return Optional.of(path + " holds " + left + ", which nobody put there");
    }
    return same.stream().allMatch(Node::isReplaced)
        ? Optional.of(path + " holds " + left + " again, which somebody had replaced")
        : Optional.empty();
  }

  private Optional<Node> newest(FilePath path, Optional<FileVersion> version) {
    return at(path).reversed().stream().filter(node -> node.version.equals(version)).findFirst();
  }

  private List<Node> at(FilePath path) {
    return nodes.computeIfAbsent(path, p -> new ArrayList<>());
  }
}

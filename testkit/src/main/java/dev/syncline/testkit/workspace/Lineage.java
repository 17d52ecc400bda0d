package dev.syncline.testkit.workspace;

import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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

    /** Whether somebody replaced it, and what came of that still counts. */
    boolean isReplaced() {
      return successors.stream()
          .anyMatch(next -> next.successors.isEmpty() ? !next.lost : next.isReplaced());
    }
  }

  private final Map<FilePath, List<Node>> nodes = new HashMap<>();
  private final Map<Object, Map<FilePath, Node>> holdings = new HashMap<>();
  private final Map<Object, Set<FilePath>> unconfirmed = new HashMap<>();
  private final Set<FilePath> excused = new HashSet<>();

  /**
   * Somebody who saw what a path holds at a place made another version of it.
   *
   * @param place where
   * @param made what; empty if they deleted it
   */
  void made(Object place, FilePath path, Optional<FileVersion> made) {
    var node = new Node(made);
    Node before = held(place).get(path);
    if (before != null && !unconfirmed(place).contains(path)) {
      before.successors.add(node);
    }
    at(path).add(node);
    held(place).put(path, node);
  }

  /**
   * Syncline brings a version to a place. Until it has heard back, nobody can tell whether an edit
   * there was made knowing this version or the one before.
   */
  void offered(Object place, FilePath path, Optional<FileVersion> version) {
    brought(place, path, version);
    unconfirmed(place).add(path);
  }

  /** Syncline has heard back from a place, but for some paths. */
  void confirmed(Object place, Set<FilePath> unseen) {
    unconfirmed(place).retainAll(unseen);
  }

  /** Syncline put a version at a path: one that somebody made, or one that it merged or copied. */
  void brought(Object place, FilePath path, Optional<FileVersion> version) {
    held(place)
        .put(
            path,
            at(path).reversed().stream()
                .filter(node -> node.version.equals(version))
                .findFirst()
                .orElseGet(() -> fresh(path, version)));
  }

  /** Syncline made one version of two. */
  void combined(FilePath path, ThreeWay sides, ContentId result) {
    var node = new Node(Optional.of(FileVersion.regular(result)));
    for (Node before : List.copyOf(at(path))) {
      Optional<ContentId> content = before.version.map(FileVersion::content);
      boolean isSide =
          content.equals(sides.ours().map(FileVersion::content))
              || content.equals(sides.theirs().map(FileVersion::content));
      if (isSide && !content.equals(Optional.of(result))) {
        before.successors.add(node);
      }
    }
    at(path).add(node);
  }

  /** A file was copied, or followed a rename, maybe to where the same contents once were. */
  void moved(FilePath path, Optional<FileVersion> version) {
    fresh(path, version);
  }

  private Node fresh(FilePath path, Optional<FileVersion> version) {
    var node = new Node(version);
    at(path).add(node);
    return node;
  }

  /** Whether a path ever held these contents: then nobody could tell them from what was before. */
  boolean everHeld(FilePath path, ContentId content) {
    return at(path).stream()
        .flatMap(node -> node.version.stream())
        .anyMatch(version -> version.content().equals(content));
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

  /**
   * Why this can't be what is left of a path; empty if it can.
   *
   * @param elsewhere whether some path holds these contents: then it went there with a rename
   */
  Optional<String> objection(
      FilePath path, Optional<FileVersion> left, Predicate<ContentId> elsewhere) {
    if (excused.stream().anyMatch(top -> path.equals(top) || path.isUnder(top))) {
      return Optional.empty();
    }
    List<Node> all = at(path);
    if (left.isEmpty()) {
      List<Node> last = all.stream().filter(node -> node.successors.isEmpty()).toList();
      boolean deleted =
          last.stream()
                  .allMatch(node ->
                      node.lost
                          || node.version.map(FileVersion::content).filter(elsewhere).isPresent())
              || last.stream().anyMatch(node -> node.version.isEmpty());
      return deleted
          ? Optional.empty()
          : Optional.of(path + " is gone, and nobody deleted its last version");
    }
    // Modes don't count here: two of them are too few to tell an old one from one set again.
    Optional<ContentId> content = left.map(FileVersion::content);
    List<Node> same =
        all.stream()
            .filter(node -> node.version.map(FileVersion::content).equals(content))
            .toList();
    if (same.isEmpty()) {
      return Optional.of(path + " holds " + left + ", which nobody put there");
    }
    return same.stream().allMatch(Node::isReplaced)
        ? Optional.of(path + " holds " + left + " again, which somebody had replaced")
        : Optional.empty();
  }

  private Map<FilePath, Node> held(Object place) {
    return holdings.computeIfAbsent(place, p -> new HashMap<>());
  }

  private Set<FilePath> unconfirmed(Object place) {
    return unconfirmed.computeIfAbsent(place, p -> new HashSet<>());
  }

  private List<Node> at(FilePath path) {
    return nodes.computeIfAbsent(path, p -> new ArrayList<>());
  }
}

package dev.syncline.testkit.workspace;

import dev.syncline.core.merge.ThreeWay;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who made which version knowing which other, all in the ledger's paths: tells whether what is left
 * in the end is something that nobody has replaced, and whether anything is missing. Contents are
 * written once in the world, so they are followed from path to path; modes are too few to tell an
 * old one from one that was set again, so nothing is said of them.
 */
final class Lineage {

  private static final Object LEDGER = "the ledger";
  private static final Object MERGE = "a merge";

  private final Map<FilePath, List<Node>> nodes = new HashMap<>();
  private final Map<Object, Map<FilePath, Node>> holdings = new HashMap<>();
  private final Map<Object, Set<FilePath>> unconfirmed = new HashMap<>();
  private final Map<Object, List<Doubt>> doubts = new HashMap<>();
  private final Map<Object, Snapshot> bases = new HashMap<>();
  private final Set<ContentId> recorded = new HashSet<>();
  private long moment;
  private long runSince;

  /** An edit of which Syncline may not know, or never know, that it was made on what it brought. */
  private record Doubt(FilePath path, Node before, Node after) {

    /** Whether Syncline knows, or knows what comes to the same. */
    boolean isSettledBy(Snapshot base) {
      Optional<FileVersion> agreed = base.at(path);
      if (agreed.equals(before.version)) {
        before.successors.add(after);
        return true;
      }
      // Another mode: the contents were replaced, but the file may have been kept for its mode.
      boolean sameContents = agreed.map(FileVersion::content).equals(before.content());
      if (sameContents) {
        before.replacements.add(after);
      }
      return sameContents;
    }
  }

  /** One version of one path, or its deletion. */
  private static final class Node {
    final Object maker;
    final Optional<FileVersion> version;
    final List<Node> successors = new ArrayList<>();
    final List<Node> replacements = new ArrayList<>();
    boolean recorded;
    boolean overruled;
    boolean unheard;
    @Nullable Node goneTo;
    long left = Long.MAX_VALUE;

    Node(Object maker, Optional<FileVersion> version) {
      this.maker = maker;
      this.version = version;
    }

    Optional<ContentId> content() {
      return version.map(FileVersion::content);
    }

    boolean isLast() {
      return successors.isEmpty();
    }

    /** Whether nothing set it aside. */
    boolean counts() {
      return !overruled && !unheard;
    }

    /** Whether somebody replaced it, and what came of that still counts. */
    boolean isReplaced() {
      return successors.stream()
          .anyMatch(next -> next.isLast() ? next.counts() : next.isReplaced());
    }

    /** Whether somebody made other contents of it, or deleted it and didn't just rename it. */
    boolean hasBecomeOtherThan(ContentId content, Set<ContentId> recorded) {
      return Stream.concat(successors.stream(), replacements.stream())
          .anyMatch(next ->
              next.isOtherThan(content, recorded) || next.hasBecomeOtherThan(content, recorded));
    }

    private boolean isOtherThan(ContentId content, Set<ContentId> recorded) {
      boolean heard = !unheard || content().filter(recorded::contains).isPresent();
      boolean renamed = goneTo != null && !goneTo.unheard && goneTo.holds(content);
      return heard && !renamed && !holds(content);
    }

    private boolean holds(ContentId content) {
      return content().equals(Optional.of(content));
    }
  }

  /** A run begins: what it records is there now, or will be before it ends. */
  void begin() {
    runSince = ++moment;
  }

  /**
   * Somebody who saw what a path holds at a place made another version of it.
   *
   * @param place where
   * @param made what; empty if they deleted it
   */
  void made(Object place, FilePath path, Optional<FileVersion> made) {
    Node node = fresh(place, path, made);
    Node before = held(place).put(path, node);
    boolean unknown = unconfirmed(place).remove(path);
    if (before == null) {
      return;
    }
    before.left = before.maker.equals(place) ? ++moment : before.left;
    var doubt = new Doubt(path, before, node);
    Snapshot base = bases.get(place);
    if (!unknown) {
      before.successors.add(node);
    } else if (base == null || !doubt.isSettledBy(base)) {
      doubts(place).add(doubt);
    }
  }

  /** What somebody did last at two paths was to rename a file: it is gone, and yet not deleted. */
  void renamed(Object place, FilePath from, FilePath to) {
    Node gone = held(place).get(from);
    Node arrived = held(place).get(to);
    if (gone != null && arrived != null) {
      gone.goneTo = arrived;
    }
  }

  /** What a place holds at a path will never be looked at, unless the ledger has it already. */
  void unheard(Object place, FilePath path) {
    Node node = held(place).get(path);
    if (node != null && !node.recorded) {
      node.unheard = true;
    }
  }

  /** Where a place holds something, or held it. */
  List<FilePath> pathsOf(Object place) {
    return List.copyOf(held(place).keySet());
  }

  /** A link no longer sees a path, or sees it elsewhere: nothing is agreed on there any more. */
  void forget(Object place, FilePath path) {
    at(path).stream()
        .filter(node -> node.maker.equals(place) && !node.recorded)
        .forEach(node -> node.unheard = true);
    held(place).remove(path);
    unconfirmed(place).remove(path);
  }

  /**
   * Syncline brings a version to a place. Until it has heard back, nobody can tell whether an edit
   * there was made knowing this version or the one before.
   */
  void offered(Object place, FilePath path, Optional<FileVersion> version) {
    Node newest = held(LEDGER).get(path);
    held(place)
        .put(
            path,
            newest != null && newest.version.equals(version)
                ? newest
                : newest(path, node -> node.version.equals(version))
                    .orElseGet(() -> fresh(LEDGER, path, version)));
    unconfirmed(place).add(path);
    // Offered again: what was done meanwhile is nothing that Syncline could see.
    doubts(place).removeIf(doubt -> doubt.path().equals(path));
  }

  /** Syncline has heard back from a place, but for some paths, and what is above and below them. */
  void confirmed(Object place, Set<FilePath> unseen) {
    unconfirmed(place)
        .removeIf(path ->
            unseen.stream()
                .noneMatch(
                    other -> other.equals(path) || other.isUnder(path) || path.isUnder(other)));
  }

  /** What Syncline remembers of a place: of what it brought there, it now knows so much. */
  void agreed(Object place, Snapshot base) {
    bases.put(place, base);
    unconfirmed(place)
        .removeIf(path ->
            Optional.ofNullable(held(place).get(path))
                .filter(node -> node.version.equals(base.at(path)))
                .isPresent());
    doubts(place)
        .removeIf(doubt ->
            doubt.isSettledBy(base) || base.at(doubt.path()).equals(doubt.after().version));
  }

  /**
   * The ledger took in a version: one that was made at the place whose link ran, or one that was
   * merged, copied or moved.
   */
  void recorded(Object place, FilePath path, Optional<FileVersion> version) {
    Node held = held(place).get(path);
    Node node =
        held != null && held.version.equals(version)
            ? held
            : newest(
                    path,
                    known ->
                        known.version.equals(version)
                            && (known.maker.equals(MERGE)
                                || (known.maker.equals(place) && known.left > runSince)))
                .orElseGet(() -> fresh(LEDGER, path, version));
    held(LEDGER).put(path, node);
    node.recorded = true;
    version.map(FileVersion::content).ifPresent(recorded::add);
  }

  /** Syncline made one version of two. */
  void combined(FilePath path, ThreeWay sides, ContentId result) {
    List<Node> before = List.copyOf(at(path));
    Node node = fresh(MERGE, path, Optional.of(FileVersion.regular(result)));
    for (Node side : before) {
      boolean isSide = side.version.equals(sides.ours()) || side.version.equals(sides.theirs());
      if (isSide && !side.content().equals(Optional.of(result))) {
        side.successors.add(node);
      }
    }
  }

  /** Whether a path ever held these contents: then nobody could tell them from what was before. */
  boolean everHeld(FilePath path, ContentId content) {
    return at(path).stream().anyMatch(node -> node.content().equals(Optional.of(content)));
  }

  /** A policy or a person set a version of the ledger aside. */
  void overruled(FilePath path, Optional<FileVersion> version) {
    overruled(LEDGER, path, version);
  }

  /** A policy or a person set a version of a place aside. */
  void overruled(Object place, FilePath path, Optional<FileVersion> version) {
    Node held = held(place).get(path);
    for (Node node : at(path)) {
      // One deletion is like another: only this place's is meant.
      if (node.version.equals(version) && (version.isPresent() || node.equals(held))) {
        node.overruled = true;
      }
    }
  }

  /** A policy chose between a file and a folder: it may have set aside all that is there. */
  void allOverruled(FilePath top) {
    nodes.forEach((path, there) -> {
      if (path.equals(top) || path.isUnder(top)) {
        there.forEach(node -> node.overruled = true);
      }
    });
  }

  /** Why this can't be what is left of a path; empty if it can. */
  Optional<String> objection(FilePath path, FileVersion left) {
    List<Node> same =
        at(path).stream()
            .filter(node -> node.content().equals(Optional.of(left.content())))
            .toList();
    if (same.isEmpty()) {
      return Optional.of(path + " holds " + left + ", which nobody put there");
    }
    return same.stream().allMatch(Node::isReplaced)
        ? Optional.of(path + " holds " + left + " again, which somebody had replaced")
        : Optional.empty();
  }

  /**
   * A version that nobody replaced, deleted or set aside, and that is nowhere; empty if there is
   * none.
   *
   * @param isLeft whether some path holds these contents
   */
  Optional<String> missing(Predicate<ContentId> isLeft) {
    // Where contents went with a copy or a rename, they may have been replaced or set aside since.
    var accounted = new HashSet<ContentId>();
    nodes
        .values()
        .forEach(there ->
            there.forEach(node ->
                node.content()
                    .filter(content -> node.overruled || node.hasBecomeOtherThan(content, recorded))
                    .ifPresent(accounted::add)));
    for (var there : nodes.entrySet()) {
      for (Node node : there.getValue()) {
        boolean missing =
            node.isLast()
                && node.counts()
                && node.content()
                    .filter(content -> !isLeft.test(content) && !accounted.contains(content))
                    .isPresent();
        if (missing) {
          return Optional.of(node.version.orElseThrow() + " of " + there.getKey() + " is missing");
        }
      }
    }
    return Optional.empty();
  }

  private Node fresh(Object maker, FilePath path, Optional<FileVersion> version) {
    var node = new Node(maker, version);
    at(path).add(node);
    return node;
  }

  private Optional<Node> newest(FilePath path, Predicate<Node> wanted) {
    return at(path).reversed().stream().filter(wanted).findFirst();
  }

  private Map<FilePath, Node> held(Object place) {
    return holdings.computeIfAbsent(place, p -> new HashMap<>());
  }

  private Set<FilePath> unconfirmed(Object place) {
    return unconfirmed.computeIfAbsent(place, p -> new HashSet<>());
  }

  private List<Doubt> doubts(Object place) {
    return doubts.computeIfAbsent(place, p -> new ArrayList<>());
  }

  private List<Node> at(FilePath path) {
    return nodes.computeIfAbsent(path, p -> new ArrayList<>());
  }
}

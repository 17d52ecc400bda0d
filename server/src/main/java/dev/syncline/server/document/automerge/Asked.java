package dev.syncline.server.document.automerge;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one peer asks for by name: each is sent once for each state that the peer tells. Confined to
 * the document's mailbox.
 */
final class Asked {

  private final Set<ChangeHash> answered = new HashSet<>();
  private Set<ChangeHash> wanted = Set.of();

  /** The peer asks for these, and for nothing that it asked for before. */
  void by(List<ChangeHash> need, History history) {
    if (need.isEmpty()) {
      wanted = Set.of();
      return;
    }
    // It asks for what it saw us tell: the rest would be kept for nothing.
    wanted = new HashSet<>(need);
    wanted.removeIf(hash -> !history.isKnown(hash));
  }

  /** The peer's state is another one: what it asks for now, it really lacks. */
  void again() {
    answered.clear();
  }

  /** What it asks for now means nothing. */
  void drop() {
    wanted = Set.of();
  }

  /** Adds the indexes of what is asked for, durable, and not sent yet. */
  void addTo(Set<Integer> indexes, History history) {
    for (ChangeHash hash : wanted) {
      if (history.isDurable(hash) && !answered.contains(hash)) {
        indexes.add(history.indexOf(hash));
      }
    }
  }

  void sent(History history, int[] changes) {
    if (wanted.isEmpty()) {
      return;
    }
    for (int index : changes) {
      ChangeHash hash = history.hash(index);
      if (wanted.contains(hash)) {
        answered.add(hash);
      }
    }
  }
}

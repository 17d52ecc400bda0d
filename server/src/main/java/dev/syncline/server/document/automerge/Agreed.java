package dev.syncline.server.document.automerge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The heads that we and one peer both have. What it tells is not always durable here at once, so
 * what it told lately is remembered until it is. Confined to the document's mailbox.
 */
final class Agreed {

  /** What was told and is not durable here yet; older is dropped, and agreed upon later. */
  private static final int MAX_TOLD = 32;

  /** Hashes of all that was told but the newest, which the peer's present heads are anyway. */
  static final int MAX_TOLD_HASHES = 256;

  /** More shared heads than this are replaced by the newest. */
  private static final int MAX_HEADS = 64;

  private final Deque<List<ChangeHash>> told = new ArrayDeque<>();
  private int older;
  private List<ChangeHash> shared = List.of();

  /** The peer says that it has these. */
  void told(List<ChangeHash> heads) {
    older += told.isEmpty() ? 0 : told.getLast().size();
    told.add(heads);
    while (told.size() > MAX_TOLD || older > MAX_TOLD_HASHES) {
      older -= told.removeFirst().size();
    }
  }

  /** Nothing is shared but what the peer tells from now on or has told last. */
  void forget() {
    shared = List.of();
  }

  /** The newest heads that the peer told and that are durable here. */
  List<ChangeHash> heads(History history) {
    List<ChangeHash> partly = List.of();
    int newer = 0;
    var newestFirst = told.descendingIterator();
    while (newestFirst.hasNext()) {
      List<ChangeHash> heads = newestFirst.next();
      List<ChangeHash> durable = heads.stream().filter(history::isDurable).toList();
      if (durable.size() == heads.size()) {
        shared = heads;
        keepNewest(newer);
        return shared;
      }
      newer++;
      partly = partly.isEmpty() ? durable : partly;
    }
    shared = union(shared, partly);
    return shared;
  }

  /** How many hashes of heads that are not shared yet are remembered. */
  int remembered() {
    return told.stream().mapToInt(List::size).sum();
  }

  private void keepNewest(int count) {
    while (told.size() > count) {
      List<ChangeHash> dropped = told.removeFirst();
      older -= told.isEmpty() ? 0 : dropped.size();
    }
  }

  private static List<ChangeHash> union(List<ChangeHash> some, List<ChangeHash> more) {
    var union = new LinkedHashSet<>(some);
    if (!union.addAll(more)) {
      return some;
    }
    return union.size() > MAX_HEADS ? more : union.stream().sorted().toList();
  }
}

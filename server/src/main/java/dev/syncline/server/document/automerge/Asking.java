package dev.syncline.server.document.automerge;

import java.util.HashSet;
import java.util.List;

/**
 * What one peer is asked for by name, and what follows when it doesn't send it. It may believe that
 * it sent it long ago, while we had to let go of it: what waited for a missing change is bounded,
 * and forgotten with an idle document. Automerge's peers send nothing twice, and both sides would
 * repeat themselves for ever. Confined to the document's mailbox.
 */
final class Asking {

  /** How to get at what a peer has and we lack. */
  enum Way {
    BY_NAME,
    /** It has to forget what it sent. */
    FROM_THE_START,
    /** It was asked in every way there is. */
    NOT_AT_ALL
  }

  private Way way = Way.BY_NAME;
  private List<ChangeHash> asked = List.of();

  Way way() {
    return way;
  }

  /** The peer was asked for these. */
  void asked(List<ChangeHash> hashes) {
    if (way != Way.NOT_AT_ALL) {
      asked = hashes;
    }
  }

  /**
   * The peer has spoken, and what it sent is admitted.
   *
   * @param same whether it has the same heads as before
   * @param missing what we lack of them now
   */
  void heard(SyncMessage message, boolean same, List<ChangeHash> missing) {
    if (!same || asked.isEmpty() || !new HashSet<>(missing).containsAll(asked)) {
      way = Way.BY_NAME;
      return;
    }
    way =
        switch (way) {
          case BY_NAME -> message.changes().isEmpty() ? Way.FROM_THE_START : Way.BY_NAME;
          case FROM_THE_START, NOT_AT_ALL -> Way.NOT_AT_ALL;
        };
  }
}

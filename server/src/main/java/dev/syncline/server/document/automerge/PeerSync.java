package dev.syncline.server.document.automerge;

import dev.syncline.server.document.automerge.SyncMessage.Have;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sync protocol with one peer about one document: what it told, what it was told, and so what
 * to say next. Pure; follows Automerge's {@code sync.rs}, but keeps what was sent as heads instead
 * of as a set of hashes, so that a long history costs nothing. Confined to the document's mailbox.
 */
public final class PeerSync {

  private final long maxMessageBytes;
  private final Wants wants;

  private final Asking asking = new Asking();
  private final Agreed agreed = new Agreed();
  private final Asked asked = new Asked();
  private List<Have> theirHave = List.of();
  private @Nullable List<ChangeHash> theirHeads;

  /** Heads of what was sent; the peer has it when it has read everything that was sent. */
  private List<ChangeHash> sent = List.of();

  private @Nullable List<ChangeHash> lastSentHeads;
  private boolean inFlight;
  private boolean resetOwed;

  /** A peer that has everything already learns only from an answer that we have it too. */
  private boolean answered;

  /** What is left of an answer that is too long for one message. */
  private @Nullable Rest rest;

  /**
   * @param maxMessageBytes changes beyond this go into the next message
   */
  public PeerSync(long maxMessageBytes, Wants wants) {
    this.maxMessageBytes = maxMessageBytes;
    this.wants = wants;
  }

  /** What there is to ask the peer for. */
  public enum Wants {
    ITS_CHANGES,
    /** Its changes are refused: asking for them again and again would never end. */
    NOTHING
  }

  /**
   * Changes that were chosen for the peer and are not sent yet.
   *
   * @param heads what the whole answer leads to
   * @param history in which the indexes count
   * @param from the first of {@code changes} that is not sent yet
   */
  private record Rest(List<ChangeHash> heads, History history, int[] changes, int from) {}

  /**
   * Takes in what the peer says; its changes must have been admitted to the history before.
   *
   * @param message from this peer, about this document
   */
  public void receive(ClientMessage.Sync message, History history) {
    SyncMessage sync = message.message();
    inFlight = false;
    List<ChangeHash> heads = sync.heads().stream().sorted().toList();
    if (!heads.equals(theirHeads)) {
      asked.again();
    }
    asking.heard(sync, heads.equals(theirHeads), history.missingFor(heads));
    theirHeads = heads;
    theirHave = sync.have();
    asked.by(sync.need(), history);
    agreed.told(heads);
    if (heads.isEmpty()) {
      // It has nothing, or lost everything: start from nothing.
      lastSentHeads = null;
      sent = List.of();
      agreed.forget();
      rest = null;
    }
    if (sync.reset()) {
      sent = List.of();
      rest = null;
    }
    boolean unknownSync =
        sync.have().stream()
            .flatMap(have -> have.lastSync().stream())
            .anyMatch(hash -> !history.isKnown(hash));
    if (unknownSync) {
      // It believes that we had something which we don't have: agree from nothing.
      resetOwed = true;
    }
  }

  /** Whether this peer has said anything yet; before that there is nothing to say to it. */
  public boolean hasSpoken() {
    return theirHeads != null;
  }

  /** The heads that it told last; empty before that. */
  public List<ChangeHash> heads() {
    return theirHeads == null ? List.of() : theirHeads;
  }

  /** Whether the peer has no part of this document, as far as it told. */
  public boolean hasNothing() {
    return theirHeads != null && theirHeads.isEmpty();
  }

  /**
   * What to say now; empty if there is nothing to say, or if the peer has to speak first. An answer
   * that is too long for one message comes in pieces: ask again until it is empty.
   */
  public Optional<Outgoing> next(History history) {
    List<ChangeHash> theirs = theirHeads;
    if (theirs == null) {
      return Optional.empty();
    }
    if (resetOwed) {
      return Optional.of(reset(history));
    }
    List<ChangeHash> shared = agreed.heads(history);
    if (asking.way() == Asking.Way.FROM_THE_START && !inFlight) {
      return Optional.of(startOver(history, theirs, shared));
    }
    if (rest != null && rest.history() == history) {
      return Optional.of(piece(rest, theirs, shared));
    }
    List<ChangeHash> heads = history.heads();
    int[] changes = toSend(history, theirs);
    if ((answered || inFlight) && heads.equals(lastSentHeads)) {
      // Old heads of a peer that was sent everything answer an old message: it is still reading.
      boolean nothingNew = changes.length == 0 && missing(history, theirs).isEmpty();
      if (nothingNew || inFlight) {
        return Optional.empty();
      }
    }
    sent = heads;
    return Optional.of(piece(new Rest(heads, history, changes, 0), theirs, shared));
  }

  private Outgoing reset(History history) {
    resetOwed = false;
    agreed.forget();
    sent = List.of();
    rest = null;
    // Until it has answered, what it has is not known.
    theirHave = List.of();
    asked.drop();
    lastSentHeads = history.heads();
    inFlight = true;
    answered = true;
    List<Have> nothing = List.of(new Have(List.of(), BloomFilter.EMPTY));
    return new Outgoing(history.heads(), List.of(), nothing, new int[0]);
  }

  /** Whoever is told of no heads believes that everything was lost, and forgets what it sent. */
  private Outgoing startOver(History history, List<ChangeHash> theirs, List<ChangeHash> shared) {
    lastSentHeads = history.heads();
    inFlight = true;
    // The next answer tells the true heads, even if there is nothing else to say.
    answered = false;
    List<Have> have = List.of(ours(history, shared));
    return new Outgoing(List.of(), missing(history, theirs), have, new int[0]);
  }

  /** As many changes as fit into one message, at least one. */
  private Outgoing piece(Rest from, List<ChangeHash> theirs, List<ChangeHash> shared) {
    History history = from.history();
    int end = from.from();
    long bytes = 0;
    while (end < from.changes().length) {
      bytes += history.length(from.changes()[end]);
      if (end > from.from() && bytes > maxMessageBytes) {
        break;
      }
      end++;
    }
    int[] changes = Arrays.copyOfRange(from.changes(), from.from(), end);
    boolean last = end == from.changes().length;
    rest = last ? null : new Rest(from.heads(), history, from.changes(), end);
    asked.sent(history, changes);
    lastSentHeads = from.heads();
    inFlight = true;
    answered = true;
    List<ChangeHash> need = missing(history, theirs);
    asking.asked(need);
    // Without "have" the peer sends only what is asked for by name. That is right while it can't
    // know yet what else we have.
    List<Have> have =
        last && new HashSet<>(theirs).containsAll(need)
            ? List.of(ours(history, shared))
            : List.of();
    return new Outgoing(from.heads(), need, have, changes);
  }

  private static Have ours(History history, List<ChangeHash> shared) {
    int[] since = history.since(shared);
    var hashes = new ArrayList<ChangeHash>(since.length);
    for (int index : since) {
      hashes.add(history.hash(index));
    }
    return new Have(shared, BloomFilter.of(hashes));
  }

  private List<ChangeHash> missing(History history, List<ChangeHash> theirs) {
    if (wants == Wants.NOTHING || asking.way() == Asking.Way.NOT_AT_ALL) {
      return List.of();
    }
    return history.missingFor(theirs);
  }

  /** What the peer lacks and was not sent, ascending. */
  private int[] toSend(History history, List<ChangeHash> theirs) {
    int[] lacking = new int[0];
    if (!theirHave.isEmpty()) {
      var have = new LinkedHashSet<ChangeHash>(sent);
      theirHave.forEach(one -> have.addAll(one.lastSync()));
      have.addAll(theirs);
      have.removeIf(hash -> !history.isKnown(hash));
      int[] since = history.since(have.stream().sorted().toList());
      lacking = history.notIn(theirHave.stream().map(Have::bloom).toList(), since);
      // The filters told what the peer had when it spoke: later changes must not fall through
      // their false positives.
      theirHave = theirHave.stream().map(h -> new Have(h.lastSync(), BloomFilter.EMPTY)).toList();
    }
    var wanted = new HashSet<Integer>();
    asked.addTo(wanted, history);
    if (wanted.isEmpty()) {
      return lacking;
    }
    for (int index : lacking) {
      wanted.add(index);
    }
    return wanted.stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}

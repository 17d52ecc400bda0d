package dev.syncline.testkit.automerge;

import dev.syncline.testkit.automerge.SyncPayload.Have;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client's side of the sync protocol about one document, after Automerge's sync.rs: its changes
 * stay, what it knows about the server lasts until {@link #disconnected}. Confined to one thread.
 */
public final class PeerModel {

  private final Map<String, GeneratedChange> changes = new LinkedHashMap<>();
  private final Map<String, GeneratedChange> queued = new HashMap<>();
  private final TreeSet<String> heads = new TreeSet<>();
  private final Function<byte[], GeneratedChange> reader;

  private final Set<String> sent = new HashSet<>();
  private @Nullable List<String> theirHeads;
  private List<Have> theirHave = List.of();
  private List<String> theirNeed = List.of();
  private List<String> shared = List.of();
  private @Nullable List<String> lastSentHeads;
  private boolean inFlight;
  private boolean responded;

  /**
   * @param reader finds the change that a chunk holds
   */
  public PeerModel(Function<byte[], GeneratedChange> reader) {
    this.reader = reader;
  }

  public List<String> heads() {
    return List.copyOf(heads);
  }

  public Set<String> hashes() {
    return Set.copyOf(changes.keySet());
  }

  public boolean has(String hash) {
    return changes.containsKey(hash);
  }

  /** The client edits, or learns from elsewhere. */
  public void add(GeneratedChange change) {
    queued.put(change.hash(), change);
    boolean moved = true;
    while (moved) {
      moved = false;
      for (GeneratedChange next : List.copyOf(queued.values())) {
        if (changes.keySet().containsAll(next.dependencies())) {
          queued.remove(next.hash());
          if (changes.putIfAbsent(next.hash(), next) == null) {
            next.dependencies().forEach(heads::remove);
            heads.add(next.hash());
          }
          moved = true;
        }
      }
    }
  }

  /** Everything that was known about the server is forgotten, but for what it keeps on disk. */
  public void disconnected(Memory memory) {
    theirHeads = null;
    theirHave = List.of();
    theirNeed = List.of();
    lastSentHeads = null;
    inFlight = false;
    responded = false;
    sent.clear();
    if (memory == Memory.FORGOTTEN) {
      shared = List.of();
    }
  }

  /** What becomes of the heads that the client and the server agreed upon. */
  public enum Memory {
    KEPT,
    FORGOTTEN
  }

  /** What to say now, if anything. */
  public Optional<SyncPayload> next() {
    List<String> ours = heads();
    List<String> need = missing();
    boolean known = theirHave.isEmpty() || changes.keySet().containsAll(lastSync());
    if (!known) {
      inFlight = true;
      lastSentHeads = ours;
      return Optional.of(new SyncPayload(ours, List.of(), SyncPayload.EMPTY.have(), List.of()));
    }
    List<Have> have =
        theirHeads == null || theirHeads.containsAll(need) ? List.of(ours()) : List.of();
    // Nothing is sent twice, even when it is asked for by name.
    List<String> send =
        theirHeads == null
            ? List.of()
            : toSend().stream().filter(hash -> !sent.contains(hash)).toList();
    if (responded && ours.equals(lastSentHeads)) {
      if (ours.equals(theirHeads) && send.isEmpty()) {
        return Optional.empty();
      }
      if (inFlight) {
        return Optional.empty();
      }
    }
    sent.addAll(send);
    List<byte[]> chunks = send.stream().map(hash -> change(hash).chunk()).toList();
    lastSentHeads = ours;
    inFlight = true;
    responded = true;
    return Optional.of(new SyncPayload(ours, need, have, chunks));
  }

  /** The server said this. */
  public void receive(SyncPayload message) {
    inFlight = false;
    List<String> before = heads();
    message.changes().forEach(chunk -> add(reader.apply(chunk)));
    if (!message.changes().isEmpty()) {
      var advanced = new TreeSet<>(shared);
      advanced.retainAll(heads);
      heads.stream().filter(head -> !before.contains(head)).forEach(advanced::add);
      shared = List.copyOf(advanced);
    }
    sent.removeAll(ancestors(message.heads()));
    if (message.changes().isEmpty() && message.heads().equals(before)) {
      lastSentHeads = message.heads();
    }
    List<String> knownHeads = message.heads().stream().filter(changes::containsKey).toList();
    if (knownHeads.size() == message.heads().size()) {
      shared = knownHeads;
      if (knownHeads.isEmpty()) {
        lastSentHeads = null;
        sent.clear();
      }
    } else {
      var union = new TreeSet<>(shared);
      union.addAll(knownHeads);
      shared = List.copyOf(union);
    }
    theirHeads = message.heads();
    theirHave = message.have();
    theirNeed = message.need();
  }

  private List<String> missing() {
    var missing = new TreeSet<String>();
    queued.values().forEach(change -> missing.addAll(change.dependencies()));
    if (theirHeads != null) {
      missing.addAll(theirHeads);
    }
    missing.removeIf(hash -> changes.containsKey(hash) || queued.containsKey(hash));
    return List.copyOf(missing);
  }

  private List<String> lastSync() {
    return theirHave.stream().flatMap(have -> have.lastSync().stream()).toList();
  }

  private Have ours() {
    return new Have(shared, Bloom.of(since(shared)));
  }

  private List<String> since(List<String> have) {
    Set<String> old = ancestors(have);
    return changes.keySet().stream().filter(hash -> !old.contains(hash)).toList();
  }

  private Set<String> ancestors(List<String> of) {
    Set<String> seen = new HashSet<>();
    var visit = new ArrayList<>(of);
    while (!visit.isEmpty()) {
      String hash = visit.removeLast();
      GeneratedChange change = changes.get(hash);
      if (change != null && seen.add(hash)) {
        visit.addAll(change.dependencies());
      }
    }
    return seen;
  }

  private List<String> toSend() {
    Set<String> send = new HashSet<>();
    if (!theirHave.isEmpty()) {
      for (String hash : since(lastSync())) {
        boolean denied = theirHave.stream().noneMatch(have -> Bloom.holds(have.bloom(), hash));
        if (denied || change(hash).dependencies().stream().anyMatch(send::contains)) {
          send.add(hash);
        }
      }
    }
    theirNeed.stream().filter(changes::containsKey).forEach(send::add);
    return changes.keySet().stream().filter(send::contains).toList();
  }

  private GeneratedChange change(String hash) {
    GeneratedChange change = changes.get(hash);
    if (change == null) {
      throw new IllegalStateException("the peer does not have " + hash);
    }
    return change;
  }
}

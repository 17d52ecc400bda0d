package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.syncline.core.model.DocumentId;
import dev.syncline.server.config.DocumentSettings;
import dev.syncline.testkit.MemoryChunkStore;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.ClientFrames;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.PeerModel;
import dev.syncline.testkit.automerge.SyncPayload;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** One life of one document, drawn from a seed: who edits, who hears what when, what breaks. */
@NullMarked
final class RandomHistory {

  private static final int STEPS = 400;
  private static final int MAX_ROUNDS = 3000;

  private static final class Peer {
    final String name;
    final PeerModel model;
    @Nullable Line line;

    Peer(String name, PeerModel model) {
      this.name = name;
      this.model = model;
    }
  }

  private final Random random;
  private final DocumentId document;
  private final MemoryChunkStore store = MemoryChunkStore.manual();
  private final SettableClock clock = new SettableClock();
  private final List<GeneratedChange> changes;
  private final Map<String, GeneratedChange> byHash = new HashMap<>();
  private final Map<ByteBuffer, GeneratedChange> byChunk = new HashMap<>();
  private final List<Peer> peers = new ArrayList<>();
  private final Set<String> acknowledged = new HashSet<>();
  private Turns turns = new Turns();
  private DocumentServer server;
  private int made;

  RandomHistory(long seed) {
    random = new Random(seed);
    document = new DocumentId(random.nextLong(), random.nextLong());
    changes = new ChangeGenerator(random).history(random.nextInt(3, 60));
    for (GeneratedChange change : changes) {
      byHash.put(change.hash(), change);
      byChunk.put(ByteBuffer.wrap(change.chunk()), change);
    }
    int count = random.nextInt(2, 5);
    for (int i = 0; i < count; i++) {
      peers.add(new Peer("peer-" + i, new PeerModel(this::read)));
    }
    server = start();
  }

  void run() {
    for (int i = 0; i < STEPS; i++) {
      step();
    }
    while (made < changes.size()) {
      edit();
    }
    settle();
    assertEverybodyHasEverything();
  }

  private DocumentServer start() {
    turns = new Turns();
    var limits =
        new DocumentSettings.Limits(1 << 20, 10, 16 << 20, 1 << 20, Duration.ofSeconds(30));
    return new DocumentServer(
        new ServerIdentity("server", "00000000-0000-0000-0000-000000000001"),
        limits,
        store,
        clock,
        turns);
  }

  private void step() {
    Peer peer = peers.get(random.nextInt(peers.size()));
    switch (random.nextInt(40)) {
      case 0, 1, 2, 3, 4 -> edit();
      case 5, 6, 7, 8, 9, 10, 11 -> speak(peer);
      case 12, 13, 14, 15, 16, 17, 18 -> hear(peer);
      case 19, 20, 21, 22, 23, 24, 25, 26 -> turn();
      case 27, 28, 29 -> store.sync();
      case 30 -> hangUp(peer);
      case 31 -> stray();
      case 32 -> slowDown(peer);
      case 33 -> breakSomething();
      case 34 -> {
        clock.move(Duration.ofSeconds(random.nextInt(-100, 100)));
        server.sweep();
      }
      default -> turns.giveAll();
    }
  }

  private void breakSomething() {
    switch (random.nextInt(3)) {
      case 0 -> store.fail("the disk is full");
      case 1 -> restart();
      default -> {}
    }
  }

  /** A crash: what was not durable is gone, and everybody is cut off. */
  private void restart() {
    store.crash();
    peers.forEach(peer -> {
      peer.line = null;
      forget(peer);
    });
    server = start();
    assertAcknowledgedIsStored();
  }

  private void edit() {
    if (made < changes.size()) {
      learn(peers.get(random.nextInt(peers.size())).model, changes.get(made++));
    }
  }

  /** A peer that edits has seen what it builds on, wherever it saw it. */
  private void learn(PeerModel model, GeneratedChange change) {
    var visit = new ArrayList<>(List.of(change));
    while (!visit.isEmpty()) {
      GeneratedChange next = visit.removeLast();
      if (!model.has(next.hash())) {
        model.add(next);
        next.dependencies().forEach(hash -> visit.add(change(hash)));
      }
    }
  }

  private void speak(Peer peer) {
    if (peer.line == null) {
      var line = new Line(peer.name, server, Access.OPEN, this::witness);
      line.say(ClientFrames.join(peer.name));
      peer.line = line;
    }
    Line line = peer.line;
    peer.model.next().ifPresent(payload -> line.sync(document.toString(), payload));
  }

  private void hear(Peer peer) {
    Line line = peer.line;
    if (line == null) {
      return;
    }
    Map<String, Object> frame = line.heard.poll();
    if (frame != null && "sync".equals(frame.get("type"))) {
      peer.model.receive(Line.payload(frame));
    }
    if (frame == null && line.closed().isPresent()) {
      hangUp(peer);
    }
  }

  private void turn() {
    if (!turns.isEmpty()) {
      turns.give(random.nextInt(8));
    }
  }

  private void hangUp(Peer peer) {
    if (peer.line != null) {
      peer.line.hangUp();
      peer.line = null;
      forget(peer);
    }
  }

  private void forget(Peer peer) {
    peer.model.disconnected(
        random.nextBoolean() ? PeerModel.Memory.KEPT : PeerModel.Memory.FORGOTTEN);
  }

  private void slowDown(Peer peer) {
    if (peer.line != null) {
      peer.line.queue(random.nextBoolean() ? 0 : 10 << 20);
    }
  }

  /** Somebody throws in some changes in any order, and goes. */
  private void stray() {
    var some = new ArrayList<>(changes.subList(0, made));
    Collections.shuffle(some, random);
    var chunks = some.stream().limit(random.nextInt(1, 6)).map(GeneratedChange::chunk).toList();
    var line = new Line("stray", server, Access.OPEN, this::witness);
    line.say(ClientFrames.join("stray"));
    line.sync(
        document.toString(),
        new SyncPayload(List.of(), List.of(), SyncPayload.EMPTY.have(), chunks));
    if (random.nextBoolean()) {
      line.hangUp();
    }
  }

  private GeneratedChange read(byte[] chunk) {
    GeneratedChange change = byChunk.get(ByteBuffer.wrap(chunk));
    return change == null ? fail("the server sent a chunk that nobody made") : change;
  }

  private GeneratedChange change(String hash) {
    GeneratedChange change = byHash.get(hash);
    return change == null ? fail("the server told a head that nobody made") : change;
  }

  /** What the server says it has, it can't lose. */
  private void witness(Map<String, Object> frame) {
    if ("sync".equals(frame.get("type"))) {
      SyncPayload payload = Line.payload(frame);
      Set<String> stored = stored();
      for (String head : payload.heads()) {
        assertTrue(stored.contains(head), "a head was told that is not durable");
        acknowledged.add(head);
      }
      for (byte[] chunk : payload.changes()) {
        assertTrue(stored.contains(read(chunk).hash()), "a change was sent that is not durable");
      }
    }
  }

  private Set<String> stored() {
    var stored = new HashSet<String>();
    store.scan(document, (position, chunk) -> stored.add(read(chunk).hash()));
    return stored;
  }

  private void assertAcknowledgedIsStored() {
    Set<String> stored = stored();
    var visit = new ArrayList<>(acknowledged);
    var seen = new HashSet<String>();
    while (!visit.isEmpty()) {
      String hash = visit.removeLast();
      if (seen.add(hash)) {
        assertTrue(stored.contains(hash), "an acknowledged change is lost");
        visit.addAll(change(hash).dependencies());
      }
    }
  }

  /** Everything works again, and everybody talks until nobody has anything to say. */
  private void settle() {
    boolean moved = true;
    for (int round = 0; moved; round++) {
      assertTrue(round < MAX_ROUNDS, "they never stop talking");
      moved = !turns.isEmpty();
      turns.giveAll();
      moved |= store.sync() > 0;
      for (Peer peer : peers) {
        if (peer.line != null && peer.line.queuedBytes() > 0) {
          peer.line.queue(0);
          moved = true;
        }
        moved |= peer.line == null || !peer.line.heard.isEmpty() || peer.line.closed().isPresent();
        hear(peer);
        int before = peer.line == null ? -1 : peer.line.handled();
        speak(peer);
        turns.giveAll();
        moved |= peer.line == null || peer.line.handled() != before;
      }
    }
  }

  private void assertEverybodyHasEverything() {
    assertAcknowledgedIsStored();
    List<String> heads = peers.getFirst().model.heads();
    for (Peer peer : peers) {
      assertEquals(made, peer.model.hashes().size(), peer.name + " lacks changes");
      assertEquals(heads, peer.model.heads());
    }
    assertEquals(made, stored().size(), "the store lacks changes");
    restart();
    Peer newcomer = new Peer("newcomer", new PeerModel(this::read));
    peers.add(newcomer);
    settle();
    assertEquals(heads, newcomer.model.heads());
  }
}

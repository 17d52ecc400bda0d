package dev.syncline.server.document;

import dev.syncline.core.model.DocumentId;
import dev.syncline.server.config.DocumentSettings;
import dev.syncline.testkit.MemoryChunkStore;
import dev.syncline.testkit.SettableClock;
import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.SyncPayload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/** A document server in a test's hands: its store, its clock and whose turn it is. */
@NullMarked
final class Stage {

  static final DocumentSettings.Limits LIMITS =
      new DocumentSettings.Limits(1 << 20, 10, 16 << 20, 1 << 20, Duration.ofSeconds(30));

  final DocumentId document = new DocumentId(1, 2);
  final String name = document.toString();
  final MemoryChunkStore store = MemoryChunkStore.manual();
  final SettableClock clock = new SettableClock();
  final ChangeGenerator generator = new ChangeGenerator(new Random(7));
  final Turns turns = new Turns();
  final DocumentServer server;

  Stage() {
    this(LIMITS);
  }

  Stage(DocumentSettings.Limits limits) {
    server =
        new DocumentServer(
            new ServerIdentity("server", "00000000-0000-0000-0000-000000000001"),
            limits,
            store,
            clock,
            turns);
  }

  Line join(String peer) {
    return Line.joined(peer, server, Access.OPEN);
  }

  /** Until nothing moves any more, but for what a client would say next. */
  void settle() {
    do {
      turns.giveAll();
    } while (store.sync() > 0);
  }

  /** A client with these changes says so and sends them. */
  void send(Line line, List<GeneratedChange> changes) {
    line.sync(name, with(changes));
  }

  /** What a client says that has these changes and thinks that the server lacks them. */
  static SyncPayload with(List<GeneratedChange> changes) {
    var heads = new ArrayList<>(changes.stream().map(GeneratedChange::hash).toList());
    changes.forEach(change -> heads.removeAll(change.dependencies()));
    heads.sort(null);
    return new SyncPayload(
        heads,
        List.of(),
        SyncPayload.EMPTY.have(),
        changes.stream().map(GeneratedChange::chunk).toList());
  }

  /** Chunks in the store. */
  int stored() {
    int[] count = {0};
    store.scan(document, (position, chunk) -> count[0]++);
    return count[0];
  }
}

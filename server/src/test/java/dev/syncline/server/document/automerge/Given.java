package dev.syncline.server.document.automerge;

import dev.syncline.core.model.DocumentId;
import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.SyncPayload;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/** What a test about changes starts from. */
@NullMarked
final class Given {

  static final int MAX_INFLATED = 1 << 20;

  private Given() {}

  static ChangeHash hash(GeneratedChange change) {
    return ChangeHash.at(HexFormat.of().parseHex(change.hash()), 0);
  }

  static List<ChangeHash> hashes(List<GeneratedChange> changes) {
    return changes.stream().map(Given::hash).sorted().toList();
  }

  static Change change(GeneratedChange change) {
    return Change.parse(change.chunk(), MAX_INFLATED);
  }

  static List<Change> changes(List<GeneratedChange> changes) {
    return changes.stream().map(Given::change).toList();
  }

  /** Changes of which each builds on the one before it. */
  static List<GeneratedChange> line(int length) {
    return line(new ChangeGenerator(new Random(11)), List.of(), length);
  }

  /** Changes of which each builds on the one before it, and the first on {@code start}. */
  static List<GeneratedChange> line(ChangeGenerator generator, List<String> start, int length) {
    var line = new ArrayList<GeneratedChange>(length);
    for (int i = 0; i < length; i++) {
      line.add(generator.on(i == 0 ? start : List.of(line.getLast().hash())));
    }
    return line;
  }

  /** A history of which everything is durable: the first change at position 0, and so on. */
  static History history(List<GeneratedChange> changes) {
    var history = new History(1 << 20);
    for (int i = 0; i < changes.size(); i++) {
      history.load(change(changes.get(i)), i);
    }
    return history;
  }

  /** What a client says, as the server reads it. */
  static ClientMessage.Sync said(SyncPayload payload) {
    byte[] bytes = payload.encode();
    return new ClientMessage.Sync(
        "peer",
        new DocumentId(1, 2),
        ClientMessage.Sync.Kind.SYNC,
        SyncMessage.decode(bytes, 0, bytes.length, MAX_INFLATED));
  }
}

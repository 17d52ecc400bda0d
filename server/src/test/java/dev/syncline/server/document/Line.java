package dev.syncline.server.document;

import dev.syncline.testkit.automerge.ClientFrames;
import dev.syncline.testkit.automerge.ServerFrames;
import dev.syncline.testkit.automerge.SyncPayload;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** One client's end of a connection: hears everything, at its own pace. */
@NullMarked
final class Line implements Outbox {

  final String name;
  final Queue<Map<String, Object>> heard = new ArrayDeque<>();
  private final Connection connection;
  private final Consumer<Map<String, Object>> witness;
  private @Nullable Reason reason;
  private String text = "";
  private long queued;
  private int handled;

  Line(String name, DocumentServer server, Access access, Consumer<Map<String, Object>> witness) {
    this.name = name;
    this.witness = witness;
    this.connection = server.connect(this, access);
  }

  /** A client that has joined. */
  static Line joined(String name, DocumentServer server, Access access) {
    var line = new Line(name, server, access, frame -> {});
    line.say(ClientFrames.join(name));
    line.heard.clear();
    return line;
  }

  void say(byte[] frame) {
    connection.receive(frame, () -> handled++);
  }

  void sync(String document, SyncPayload payload) {
    say(ClientFrames.sync(name, document, payload.encode()));
  }

  /** How many of the frames that were said the server has let go of. */
  int handled() {
    return handled;
  }

  void hangUp() {
    connection.closed();
  }

  /** From now on so many bytes wait for the network. */
  void queue(long bytes) {
    queued = bytes;
    if (bytes == 0) {
      connection.drained();
    }
  }

  /** Sync messages that were heard and not asked for before, in order. */
  List<SyncPayload> syncs() {
    var syncs = new ArrayList<SyncPayload>();
    for (Map<String, Object> frame : heard) {
      if ("sync".equals(frame.get("type"))) {
        syncs.add(payload(frame));
      }
    }
    heard.clear();
    return syncs;
  }

  /** Types of what was heard. */
  List<Object> types() {
    return heard.stream().map(frame -> frame.get("type")).toList();
  }

  static SyncPayload payload(Map<String, Object> frame) {
    return SyncPayload.decode((byte[]) frame.getOrDefault("data", new byte[0]));
  }

  Optional<Reason> closed() {
    return Optional.ofNullable(reason);
  }

  String closeText() {
    return text;
  }

  @Override
  public void send(byte[] frame) {
    if (reason == null) {
      Map<String, Object> fields = ServerFrames.read(frame);
      witness.accept(fields);
      heard.add(fields);
    }
  }

  @Override
  public long queuedBytes() {
    return queued;
  }

  @Override
  public void close(Reason why, String words) {
    if (reason == null) {
      reason = why;
      text = words;
    }
  }
}

package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.document.automerge.ClientMessage;
import dev.syncline.server.document.automerge.FrameReader;
import dev.syncline.testkit.automerge.ClientFrames;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.ServerFrames;
import dev.syncline.testkit.automerge.SyncPayload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What real clients said is answered here as the reference server answered it, in meaning. */
@NullMarked
final class TranscriptsTest {

  private static final List<String> PARTS =
      List.of(
          "01-create-edit.txt",
          "02-second-client-find-and-live-edit.txt",
          "03-ephemeral.txt",
          "04-find-unknown-doc.txt",
          "05-unknown-then-created.txt",
          "06-persistent-client-reconnect.txt",
          "07-remote-heads-gossip.txt",
          "08-large-doc.txt",
          "09-same-peerid-reconnect.txt");

  private static final String LATE = "49FRPuz7xsqiXKMJRyBP8v8EB9Y2";

  /** Their first changes were not recorded: here they stay unavailable. */
  private static final Set<Object> SHORTENED =
      Set.of("2hWaim99gozYWcEKYsZGAMnn8Jtg", "woDhM3j7g184sX4goyAq2GTDZZM");

  private static final String STORAGE_OF_D = "d996d233-30a1-4e17-a4c4-3c84fc7d729e";

  private final Stage stage = new Stage();
  private final Map<Integer, Line> lines = new TreeMap<>();

  /** What each connection heard in this part, here and from the reference. */
  private final Map<Integer, List<Map<String, Object>>> ours = new TreeMap<>();

  private final Map<Integer, List<Map<String, Object>>> theirs = new TreeMap<>();

  /** Which connection spoke of which document, and which for the first time in this part. */
  private final Set<String> spoken = new HashSet<>();

  private final Set<String> firstWords = new HashSet<>();

  @Test
  void everyClientMessageIsTakenAndNoConnectionIsEndedForOne() {
    for (String part : PARTS.subList(0, 8)) {
      play(part);
      lines.forEach((number, line) -> assertEquals(Optional.empty(), line.closed(), part));
    }
    play(PARTS.getLast());
    assertEquals(Optional.empty(), line(8).closed());
    assertEquals(0, stage.server.metrics().rejected().values().stream().mapToLong(n -> n).sum());
  }

  @Test
  void everythingButSyncMessagesIsSaidAsTheReferenceSaysIt() {
    for (String part : PARTS) {
      play(part);
      theirs.forEach((number, heard) ->
          assertEquals(meanings(heard), meanings(ours.getOrDefault(number, List.of())), part));
    }
  }

  @Test
  void everyFirstWordAboutADocumentIsAnswered() {
    for (String part : PARTS) {
      play(part);
      theirs.forEach((number, heard) -> {
        for (Map<String, Object> frame : heard) {
          Object document = frame.get("documentId");
          if (document != null && firstWords.contains(number + " " + document)) {
            assertTrue(answered(number, document), part + ": " + document);
          }
        }
      });
    }
  }

  @Test
  void aDocumentThatCameAsAWholeIsCountedAndAskedForByName() {
    PARTS.subList(0, 4).forEach(this::play);
    assertEquals(0, stage.server.metrics().trouble().chunksUnreadable());
    play(PARTS.get(4));
    assertEquals(1, stage.server.metrics().trouble().chunksUnreadable());
    List<GeneratedChange> changes = Transcript.changes(LATE);
    List<String> heads = changes.stream().map(GeneratedChange::hash).toList();
    assertEquals(heads, syncs(1, LATE).getLast().need());
    assertFalse(syncs(2, LATE).stream().anyMatch(sync -> !sync.heads().isEmpty()));

    line(1).say(ClientFrames.sync("client-A", LATE, Stage.with(changes).encode()));
    hear();
    assertEquals(heads, syncs(1, LATE).getLast().heads());
    // It said that it had the change by then: there is no need to send it.
    assertEquals(heads, syncs(2, LATE).getLast().heads());
    Line newcomer = stage.join("newcomer");
    newcomer.sync(LATE, SyncPayload.EMPTY);
    stage.settle();
    assertEquals(
        List.of(HexFormat.of().formatHex(changes.getFirst().chunk())),
        newcomer.syncs().getLast().changes().stream().map(HexFormat.of()::formatHex).toList());
    // And goes on: the reconnecting client of the last part is told that it has everything.
    PARTS.subList(5, 9).forEach(this::play);
    assertEquals(heads, syncs(8, LATE).getLast().heads());
  }

  @Test
  void newsOfAStorageReachesWhoAskedForIt() {
    PARTS.subList(0, 7).forEach(this::play);
    assertTrue(
        ours.getOrDefault(5, List.of()).stream()
            .anyMatch(frame ->
                "remote-heads-changed".equals(frame.get("type"))
                    && frame.get("newHeads") instanceof Map<?, ?> heads
                    && heads.containsKey(STORAGE_OF_D)));
  }

  @Test
  void whoJoinsUnderALiveNameTakesItsPlace() {
    PARTS.forEach(this::play);
    assertTrue(line(1).closed().isPresent());
    assertEquals(Optional.empty(), line(8).closed());
  }

  private void play(String part) {
    ours.clear();
    theirs.clear();
    firstWords.clear();
    for (Transcript.Event event : Transcript.read(part)) {
      switch (event) {
        case Transcript.Client client -> {
          if (FrameReader.read(client.frame(), 1 << 20) instanceof ClientMessage.Sync sync
              && spoken.add(client.connection() + " " + sync.document())) {
            firstWords.add(client.connection() + " " + sync.document());
          }
          line(client.connection()).say(client.frame());
        }
        case Transcript.Server server ->
            theirs
                .computeIfAbsent(server.connection(), _ -> new ArrayList<>())
                .add(ServerFrames.read(server.frame()));
        case Transcript.Closed closed -> line(closed.connection()).hangUp();
      }
      hear();
    }
  }

  private Line line(int connection) {
    return lines.computeIfAbsent(
        connection, _ -> new Line("" + connection, stage.server, Access.OPEN, frame -> {}));
  }

  private void hear() {
    stage.settle();
    lines.forEach((number, line) -> {
      ours.computeIfAbsent(number, _ -> new ArrayList<>()).addAll(line.heard);
      line.heard.clear();
    });
  }

  private List<SyncPayload> syncs(int connection, String document) {
    return ours.getOrDefault(connection, List.of()).stream()
        .filter(frame -> "sync".equals(frame.get("type")))
        .filter(frame -> document.equals(frame.get("documentId")))
        .map(Line::payload)
        .toList();
  }

  private boolean answered(int connection, Object document) {
    return ours.getOrDefault(connection, List.of()).stream()
        .anyMatch(frame -> document.equals(frame.get("documentId")));
  }

  /** Each once, but for sync messages and remote heads, without what is the server's own. */
  private static List<Map<String, Object>> meanings(List<Map<String, Object>> heard) {
    var meanings = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> frame : heard) {
      if ("sync".equals(frame.get("type")) || "remote-heads-changed".equals(frame.get("type"))) {
        continue;
      }
      Object document = frame.get("documentId");
      if ("doc-unavailable".equals(frame.get("type")) && SHORTENED.contains(document)) {
        continue;
      }
      var meaning = new LinkedHashMap<>(frame);
      if (!"ephemeral".equals(frame.get("type"))) {
        meaning.remove("senderId");
      }
      meaning.remove("peerMetadata");
      meaning.computeIfPresent("data", (_, data) -> HexFormat.of().formatHex((byte[]) data));
      if (!meanings.contains(meaning)) {
        meanings.add(meaning);
      }
    }
    return meanings;
  }
}

package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.SyncPayload;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class PeerSyncTest {

  private final List<GeneratedChange> line = Given.line(10);
  private final History history = Given.history(line);
  private final PeerSync peer = new PeerSync(1 << 20, PeerSync.Wants.ITS_CHANGES);

  @Test
  void nobodyIsToldAnythingBeforeItHasSpoken() {
    assertEquals(Optional.empty(), peer.next(history));
  }

  @Test
  void aPeerThatHasEverythingAlreadyIsToldSoOnce() {
    peer.receive(Given.said(having(line.getLast())), history);
    PeerSync.Outgoing answer = peer.next(history).orElseThrow();
    assertEquals(Given.hashes(line.subList(9, 10)), answer.heads());
    assertEquals(0, answer.changes().length);
    assertEquals(Optional.empty(), peer.next(history));
    peer.receive(Given.said(having(line.getLast())), history);
    assertEquals(Optional.empty(), peer.next(history));
  }

  @Test
  void aPeerThatHasNothingIsSentEverything() {
    peer.receive(Given.said(SyncPayload.EMPTY), history);
    assertEquals(10, peer.next(history).orElseThrow().changes().length);
    assertTrue(peer.hasNothing());
  }

  private static SyncPayload having(GeneratedChange... heads) {
    List<String> hashes = List.of(heads).stream().map(GeneratedChange::hash).toList();
    return new SyncPayload(
        hashes, List.of(), List.of(new SyncPayload.Have(hashes, new byte[0])), List.of());
  }
}

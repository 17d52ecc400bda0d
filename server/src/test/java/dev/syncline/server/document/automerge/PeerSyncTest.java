package dev.syncline.server.document.automerge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.testkit.automerge.ChangeGenerator;
import dev.syncline.testkit.automerge.GeneratedChange;
import dev.syncline.testkit.automerge.SyncPayload;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
    Outgoing answer = peer.next(history).orElseThrow();
    assertEquals(Given.hashes(line.subList(9, 10)), answer.heads());
    assertEquals(0, answer.changes().length);
    assertEquals(List.of(), answer.need());
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

  @Test
  void aPeerThatBelievesThatItSentWhatIsMissingIsAskedToStartOver() {
    GeneratedChange lost = Given.line(11).getLast();
    peer.receive(Given.said(having(lost)), history);
    assertEquals(Given.hashes(List.of(lost)), peer.next(history).orElseThrow().need());
    peer.receive(Given.said(having(lost)), history);
    Outgoing startOver = peer.next(history).orElseThrow();
    // Told of no heads, Automerge's peers forget what they sent.
    assertEquals(List.of(), startOver.heads());
    assertEquals(Optional.empty(), peer.next(history));

    history.load(Given.change(lost), 10);
    peer.receive(Given.said(having(lost)), history);
    assertEquals(Given.hashes(List.of(lost)), peer.next(history).orElseThrow().heads());
  }

  @Test
  void aPeerThatNeverSendsWhatIsMissingIsLeftInPeaceButStillToldTheTruth() {
    GeneratedChange lost = Given.line(11).getLast();
    int answers = 0;
    Outgoing last = null;
    for (int i = 0; i < 20; i++) {
      peer.receive(Given.said(having(lost)), history);
      Optional<Outgoing> next = peer.next(history);
      answers += next.isPresent() ? 1 : 0;
      last = next.orElse(last);
    }
    assertEquals(3, answers);
    assertEquals(history.heads(), last == null ? List.of() : last.heads());
  }

  @Test
  void whoSentAChangeIsToldThatWeHaveItThoughItSpokeAgainBeforeItWasDurable() {
    GeneratedChange hers = line.getLast();
    GeneratedChange his = Given.line(new ChangeGenerator(new Random(5)), List.of(), 1).getFirst();
    peer.receive(Given.said(having(hers)), history);
    peer.next(history);
    history.admit(List.of(Given.change(his)));
    // First with the change itself, then without: it has heard of hers meanwhile.
    peer.receive(Given.said(having(his)), history);
    assertEquals(Optional.empty(), peer.next(history));
    history.confirm(new long[] {10});
    peer.receive(Given.said(having(hers, his)), history);
    assertEquals(
        Given.hashes(List.of(hers, his)), peer.next(history).map(Outgoing::heads).orElseThrow());
    peer.receive(Given.said(having(hers, his)), history);
    assertEquals(Optional.empty(), peer.next(history));
  }

  private static SyncPayload having(GeneratedChange... heads) {
    List<String> hashes = List.of(heads).stream().map(GeneratedChange::hash).toList();
    return new SyncPayload(
        hashes, List.of(), List.of(new SyncPayload.Have(List.of(), new byte[0])), List.of());
  }
}

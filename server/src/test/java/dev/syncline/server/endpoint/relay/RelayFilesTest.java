package dev.syncline.server.endpoint.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.port.Observed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What follows from what people do in a shared folder, of a server that is well. */
final class RelayFilesTest {

  private static RelayPeer peer;
  private static RelayUser ada;
  private RelayId folder;
  private LookedAt looked;

  @BeforeAll
  static void startPeer() {
    peer = RelayPeer.start();
    ada = peer.user("ada");
  }

  @AfterAll
  static void stopPeer() {
    peer.close();
  }

  @BeforeEach
  void open() {
    folder = peer.folder();
    looked = new LookedAt(peer, folder);
  }

  @AfterEach
  void close() {
    looked.close();
  }

  @Test
  void aMoveTakesWhatWasTypedMeanwhileAlong() {
    RelayId note = ada.note(folder, "/a.md", "one");
    looked.look();
    ada.rename(folder, "/a.md", "/b/c.md");
    ada.insert(note, 3, " two");
    looked.heard(folder);
    assertEquals(Map.of("b/c.md", "one two"), looked.files());
  }

  @Test
  void aMoveThatNobodySawIsFoundAfterARestart() {
    RelayId note = ada.note(folder, "/a.md", "one");
    ada.note(folder, "/stays.md", "stays");
    looked.look();
    ada.rename(folder, "/a.md", "/b.md");
    ada.insert(note, 0, "zero ");
    looked.restart();
    looked.lookTwice();
    assertEquals(Map.of("b.md", "zero one", "stays.md", "stays"), looked.files());
  }

  @Test
  void twoFilesCanSwapTheirPaths() {
    ada.note(folder, "/a.md", "was a");
    ada.note(folder, "/b.md", "was b");
    looked.look();
    ada.rename(folder, "/a.md", "/c.md");
    ada.rename(folder, "/b.md", "/a.md");
    ada.rename(folder, "/c.md", "/b.md");
    looked.heard(folder);
    assertEquals(Map.of("a.md", "was b", "b.md", "was a"), looked.files());
  }

  @Test
  void aDocumentMayHaveTwoPathsForAMoment() {
    RelayId note = ada.note(folder, "/a.md", "one");
    looked.look();
    ada.meta(folder, Map.of("/b.md", entry("markdown", note)));
    peer.resetCounts();
    looked.heard(folder, note);
    assertEquals(Map.of("a.md", "one", "b.md", "one"), looked.files());
    assertEquals(1, peer.counts().requests("as-update", note), "it is read once for both");
    ada.insert(note, 0, "zero ");
    looked.heard(note);
    assertEquals(Map.of("a.md", "zero one", "b.md", "zero one"), looked.files());
    ada.delete(folder, "/a.md");
    looked.heard(folder);
    assertEquals(Map.of("b.md", "zero one"), looked.files(), "it is a move by now");
  }

  @Test
  void aPathCanBecomeSomethingElse() {
    ada.note(folder, "/a", "a note");
    looked.look();
    ada.canvas(folder, "/a", List.of(Map.of("id", "n", "type", "text")), List.of(), Map.of());
    looked.heard(folder);
    assertTrue(text("a").startsWith("{\n  \"edges\": []"), text("a"));
    ada.attachment(folder, "/a", new byte[] {'b', 'y'}, RelayUser.Upload.STORED);
    looked.heard(folder);
    assertEquals("by", text("a"));
    ada.note(folder, "/a", "a note again");
    looked.heard(folder);
    assertEquals("a note again", text("a"));
  }

  @Test
  void aFileAndAFolderOfOneNameStopNobodyAndLoseNothing() {
    ada.note(folder, "/a", "a file");
    ada.note(folder, "/other.md", "one");
    looked.look();
    RelayId inner = ada.note(folder, "/a/b.md", "in a folder");
    ada.note(folder, "/new.md", "new");
    Observed seen = looked.heard(folder);
    assertEquals(Map.of("a", "a file", "other.md", "one", "new.md", "new"), looked.files());
    assertEquals(Observed.Rest.NOTHING, seen.rest(), "looking again and again helps nobody");
    assertTrue(LookedAt.unseen(seen, "a").orElse("").contains("rename"));
    ada.rename(folder, "/a", "/a.md");
    looked.heard(folder, inner);
    assertEquals(
        Map.of("a.md", "a file", "a/b.md", "in a folder", "other.md", "one", "new.md", "new"),
        looked.files());
  }

  @Test
  void oldClientsListAndDeleteNotesInTheirOwnWay() {
    RelayId old = ada.oldNote(folder, "/old.md", "from an old client");
    looked.look();
    assertEquals(Map.of("old.md", "from an old client"), looked.files());
    ada.insert(old, 0, "still ");
    looked.heard(old);
    assertEquals(Map.of("old.md", "still from an old client"), looked.files());
    // One that newer clients list, and old ones don't, was deleted by an old one.
    ada.note(folder, "/gone.md", "gone");
    looked.lookTwice();
    assertEquals(Map.of("old.md", "still from an old client"), looked.files());
  }

  @Test
  void junkInTheListStopsNobodyAndIsSaid() {
    ada.note(folder, "/good.md", "good");
    looked.look();
    RelayId id = new RelayId(folder.relay(), UUID.randomUUID().toString());
    ada.meta(
        folder,
        Map.of(
            "/",
            entry("markdown", id),
            "//",
            entry("markdown", id),
            "///x.md",
            entry("markdown", id),
            "/no-object.md",
            "text",
            "/no-id.md",
            Map.of("type", "markdown"),
            "/.git/hooks/post-commit",
            entry("markdown", id),
            "/GIT~1/config",
            entry("markdown", id)));
    looked.lookTwice();
    assertEquals(Map.of("good.md", "good"), looked.files());
    assertTrue(looked.problem().orElse("").contains("can't be files"));
  }

  @Test
  void whatIsNotUploadedYetComesWhenItIs() {
    RelayId note = ada.listedNote(folder, "/late.md");
    RelayId file = ada.attachment(folder, "/p.png", new byte[] {1}, RelayUser.Upload.LISTED);
    Observed seen = looked.look();
    assertEquals(Map.of(), looked.files());
    assertTrue(LookedAt.unseen(seen, "late.md").isPresent());
    assertTrue(LookedAt.unseen(seen, "p.png").isPresent());
    ada.text(folder, note, "here");
    looked.heard(note);
    ada.attachment(folder, "/p.png", file, new byte[] {'p'}, RelayUser.Upload.STORED);
    looked.heard(folder);
    assertEquals(Map.of("late.md", "here", "p.png", "p"), looked.files());
  }

  @Test
  void anEmptyNoteIsNotAMissingOne() {
    RelayId note = ada.note(folder, "/a.md", "text");
    looked.look();
    ada.cut(note, 0, 4);
    looked.heard(note);
    assertEquals(Map.of("a.md", ""), looked.files());
    ada.insert(note, 0, "text");
    looked.heard(note);
    peer.forget(note);
    Observed seen = looked.heard(note);
    assertEquals(Map.of("a.md", "text"), looked.files());
    assertTrue(LookedAt.unseen(seen, "a.md").isPresent());
  }

  @Test
  void aFolderThatNobodyHasUploadedIsEmptyUntilSomebodyDoes() {
    RelayId later = new RelayId(folder.relay(), UUID.randomUUID().toString());
    try (var other = new LookedAt(peer, later)) {
      other.look();
      assertEquals(Map.of(), other.files());
      ada.note(later, "/a.md", "a");
      other.heard(later);
      assertEquals(Map.of("a.md", "a"), other.files());
    }
  }

  @Test
  void aFileThatIsGoneIsKeptUntilASecondLookMuchLater() {
    ada.note(folder, "/a.md", "a");
    ada.note(folder, "/b.md", "b");
    looked.look();
    ada.delete(folder, "/a.md");
    Observed seen = looked.heard(folder);
    assertTrue(LookedAt.unseen(seen, "a.md").orElse("").contains("second look"));
    looked.heard(folder);
    looked.look();
    assertEquals(Map.of("a.md", "a", "b.md", "b"), looked.files(), "those were no later looks");
    looked.clock.move(LookedAt.SECOND_LOOK);
    assertTrue(looked.isDue());
    looked.heard();
    assertEquals(Map.of("b.md", "b"), looked.files());
    ada.delete(folder, "/b.md");
    looked.heard(folder);
    ada.note(folder, "/b.md", "again");
    looked.clock.move(LookedAt.SECOND_LOOK);
    looked.heard(folder);
    assertEquals(Map.of("b.md", "again"), looked.files());
  }

  @Test
  void anEventBeforeThatOfItsFolderIsEnough() {
    ada.note(folder, "/a.md", "a");
    looked.look();
    RelayId note = ada.note(folder, "/new.md", "new");
    looked.heard(note);
    assertEquals(Map.of("a.md", "a", "new.md", "new"), looked.files());
  }

  @Test
  void whatWasListedForALookThatCameToNothingIsStillNews() {
    ada.note(folder, "/a.md", "a");
    looked.look();
    ada.note(folder, "/new.md", "new");
    ada.attachment(folder, "/p.png", new byte[] {'p'}, RelayUser.Upload.STORED);
    looked.hear(folder);
    looked.lookInVain();
    looked.heard();
    assertEquals(Map.of("a.md", "a", "new.md", "new", "p.png", "p"), looked.files());
  }

  @Test
  void anAttachmentIsFetchedOncePerVersion() {
    byte[] picture = {'1'};
    RelayId id = ada.attachment(folder, "/p.png", picture, RelayUser.Upload.STORED);
    ada.attachment(folder, "/copy.png", picture, RelayUser.Upload.STORED);
    looked.look();
    peer.resetCounts();
    looked.look();
    ada.rename(folder, "/p.png", "/q.png");
    looked.heard(folder);
    looked.restart();
    looked.look();
    assertEquals(0, peer.counts().requests("store"));
    ada.attachment(folder, "/q.png", id, new byte[] {'2'}, RelayUser.Upload.STORED);
    looked.heard(folder);
    assertEquals(Map.of("copy.png", "1", "q.png", "2"), looked.files());
    assertEquals(1, peer.counts().requests("store"));
    ada.attachment(folder, "/q.png", id, picture, RelayUser.Upload.STORED);
    looked.heard(folder);
    assertEquals("1", text("q.png"));
    assertEquals(1, peer.counts().requests("store"), "the older version is here already");
  }

  @Test
  void aNoteReadsTheSameWhoeverAsks() {
    RelayId note = ada.note(folder, "/ünï 🦊.md", "a\r\nb 🦊\u0000c");
    looked.look();
    assertEquals(Map.of("ünï 🦊.md", "a\r\nb 🦊\u0000c"), looked.files());
    assertEquals(List.of(), looked.heard(note).edits());
    assertEquals(List.of(), looked.look().edits());
    assertEquals(Optional.empty(), looked.problem());
  }

  private String text(String path) {
    return looked.files().getOrDefault(path, "");
  }

  private static Map<String, Object> entry(String type, RelayId id) {
    return Map.of("version", 0, "type", type, "id", id.resource());
  }
}

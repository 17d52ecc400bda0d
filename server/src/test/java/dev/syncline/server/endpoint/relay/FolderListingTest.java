package dev.syncline.server.endpoint.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FilePath;
import dev.syncline.yjs.YAny;
import dev.syncline.yjs.YDoc;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a shared folder's document lists, and what follows from what it doesn't say. */
final class FolderListingTest {

  private static final String RELAY = "85a06712-af14-47bc-a859-e8106cc786e8";
  private static final String ONE = "11111111-1111-4111-8111-111111111111";
  private static final String TWO = "22222222-2222-4222-8222-222222222222";
  private static final String HASH = "ab".repeat(32);

  private final YDoc folder = new YDoc(7);

  @Test
  void aDocumentWithoutItsRootsIsNotThereYet() {
    assertEquals(Optional.empty(), FolderListing.read(RELAY, YDoc.reading(new byte[2])));
  }

  @Test
  void aFolderMayBeEmpty() {
    file("/a.md", "markdown", ONE);
    folder.edit(() -> folder.map("filemeta_v0").remove("/a.md"));
    assertEquals(Map.of(), read().entries());
  }

  @Test
  void notesCanvasesAndAttachmentsAreListed() {
    file("/a.md", "markdown", ONE);
    file("/b/c.canvas", "canvas", TWO);
    file("/b", "folder", TWO);
    file("/p.png", "image", ONE, "hash", HASH);
    assertEquals(
        Map.of(
            new FilePath("a.md"), new Entry.Note(new RelayId(RELAY, ONE)),
            new FilePath("b/c.canvas"), new Entry.Canvas(new RelayId(RELAY, TWO)),
            new FilePath("p.png"), new Entry.Attachment(new RelayId(RELAY, ONE), HASH)),
        read().entries());
    assertEquals(Map.of(), read().skipped());
  }

  @Test
  void whatIsNotUploadedYetIsSkippedAndNotDeleted() {
    file("/p.png", "image", ONE);
    assertEquals(Map.of("/p.png", "it is not uploaded yet"), read().skipped());
    assertEquals(Map.of(), read().entries());
  }

  @Test
  void keysThatCanBeNoFileAreSkippedAndSaid() {
    for (String key :
        Set.of("/", "//", "//x.md", "x.md", "/a/../b.md", "/.git/config", "/a\u0000")) {
      file(key, "markdown", ONE);
    }
    file("/bad-id.md", "markdown", "../../etc");
    file("/good.md", "markdown", TWO);
    assertEquals(Set.of(new FilePath("good.md")), read().entries().keySet());
    assertEquals(8, read().skipped().size());
  }

  @Test
  void namesThatSomeSystemCannotHoldAreSkippedAndWhatIsThereStays() {
    for (String key :
        Set.of(
            "/a\nb.md", "/\u0085.md", "/" + "ü".repeat(128), "/d/AUX", "/com1.txt", "/nul .md")) {
      file(key, "markdown", ONE);
    }
    file("/auxiliary.md", "markdown", TWO);
    file("/" + "ü".repeat(126) + ".md", "markdown", TWO);
    assertEquals(2, read().entries().size());
    assertEquals(6, read().waiting().size());
    assertEquals(Optional.empty(), read().strays());
  }

  @Test
  void oldClientsAddAndDeleteNotesInTheirOwnList() {
    file("/kept.md", "markdown", ONE);
    file("/gone.md", "markdown", TWO);
    file("/c.canvas", "canvas", TWO);
    folder.edit(() -> {
      folder.map("docs").set("/kept.md", new YAny.Text(ONE));
      folder.map("docs").set("/old.md", new YAny.Text(TWO));
    });
    assertEquals(
        Set.of(new FilePath("c.canvas"), new FilePath("kept.md"), new FilePath("old.md")),
        read().entries().keySet());
  }

  private FolderListing read() {
    Optional<FolderListing> listing = FolderListing.read(RELAY, YDoc.reading(folder.encode()));
    assertTrue(listing.isPresent());
    return listing.get();
  }

  private void file(String key, String type, String id, String... more) {
    var fields = new LinkedHashMap<String, YAny>();
    fields.put("version", new YAny.Num(0));
    fields.put("id", new YAny.Text(id));
    fields.put("type", new YAny.Text(type));
    for (int i = 0; i < more.length; i += 2) {
      fields.put(more[i], new YAny.Text(more[i + 1]));
    }
    folder.edit(() -> folder.map("filemeta_v0").set(key, new YAny.Fields(fields)));
  }
}

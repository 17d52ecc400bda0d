package dev.syncline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.DocumentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportTest {

  private static final DocumentId ONE = new DocumentId(1, 1);
  private static final DocumentId TWO = new DocumentId(2, 2);

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(folder);
  }

  @Test
  void aFolderOfTheNodeServerIsReadWithItsSnapshotsFirst() throws IOException {
    chunk(ONE, "incremental", "1", "cd");
    chunk(ONE, "snapshot", "2", "ab");
    chunk(ONE, "sync-state", "3", "!");
    chunk(TWO, "incremental", "4", "x");
    write("data/st/orage-adapter-id", "some-uuid");
    Shell.Ended ended = shell.run("documents", "import", "data");
    assertEquals(new Shell.Ended(ExitCode.OK, ended.out(), ""), ended);
    assertEquals("abcd", shell.administration.stored.get(ONE));
    assertTrue(ended.out().contains(ONE + "  4 changes added\n"), ended.out());
    assertTrue(ended.out().endsWith("2 documents: 5 changes added, 0 known before\n"));
    String again = shell.run("documents", "import", "data").out();
    assertTrue(again.endsWith("2 documents: 0 changes added, 5 known before\n"), again);
  }

  @Test
  void documentsThatCantBeReadWholeAreNamed() throws IOException {
    chunk(ONE, "snapshot", "1", "D");
    chunk(ONE, "incremental", "2", "a");
    chunk(TWO, "incremental", "3", "b");
    Shell.Ended ended = shell.run("documents", "import", "data");
    assertEquals(ExitCode.BAD_DATA, ended.code());
    assertTrue(
        ended.out().contains(ONE + "  1 change added, 1 whole-document chunk not read\n"),
        ended.out());
    assertTrue(ended.err().contains("1 document can't be read whole yet"), ended.err());
    assertTrue(ended.err().contains(ONE.toString()));
    assertFalse(ended.err().contains(TWO.toString()));
  }

  @Test
  void aDamagedFileDoesntCostTheOthers() throws IOException {
    chunk(ONE, "snapshot", "1", "a!");
    chunk(ONE, "incremental", "2", "b");
    write("data/no/document/incremental/1", "a");
    Shell.Ended ended = shell.run("documents", "import", "data");
    assertEquals(ExitCode.BAD_DATA, ended.code());
    assertEquals("ab", shell.administration.stored.get(ONE));
    assertTrue(ended.err().contains("1 is damaged: its checksum is wrong"), ended.err());
    assertTrue(ended.err().contains("nodocument is no document id: left out"), ended.err());
  }

  @Test
  void aSingleFileIsNamedByFlagOrByItsName() throws IOException {
    write("plan.automerge", "abc");
    assertEquals(ExitCode.USAGE, shell.run("documents", "import", "plan.automerge").code());
    assertEquals(
        ExitCode.OK,
        shell.run("documents", "import", "plan.automerge", "--id", ONE.toString()).code());
    assertEquals("abc", shell.administration.stored.get(ONE));
    write(TWO + ".automerge", "x");
    assertEquals(ExitCode.OK, shell.run("documents", "import", TWO + ".automerge").code());
    assertEquals("x", shell.administration.stored.get(TWO));
  }

  @Test
  void whatHoldsNoDocumentsIsRefused() throws IOException {
    assertEquals(ExitCode.NOT_FOUND, shell.run("documents", "import", "gone").code());
    write("data/readme", "x");
    assertEquals(ExitCode.BAD_DATA, shell.run("documents", "import", "data").code());
  }

  private void chunk(DocumentId id, String kind, String hash, String content) throws IOException {
    String name = id.toString();
    write(
        "data/%s/%s/%s/%s".formatted(name.substring(0, 2), name.substring(2), kind, hash), content);
  }

  private void write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, content);
  }
}

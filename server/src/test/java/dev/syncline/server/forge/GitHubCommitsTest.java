package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.VerifiedCommits.Contents;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.ledger.NativeGit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Commits that GitHub makes for an app are what Git would have made. */
final class GitHubCommitsTest extends AppOnGitHub {

  private String tree(CommitId commit) {
    return gitHub().repository().git("ls-tree", "-r", commit.hex());
  }

  private long trees() {
    return gitHub().requests().stream().filter(line -> line.endsWith("/git/trees")).count();
  }

  @Test
  void filesAreAddedChangedAndDeleted() {
    byte[] binary = {0, 1, (byte) 0xFF, (byte) 0xFE};
    Map<FilePath, Optional<Contents>> files = new HashMap<>();
    files.put(new FilePath("a.json"), text("{\"ü\": \"\\u00e9\"}\r\n"));
    files.put(new FilePath("old/b.txt"), Optional.empty());
    files.put(new FilePath("deep/er/c.bin"), Optional.of(new Contents(FileMode.REGULAR, binary)));
    files.put(
        new FilePath("run"), Optional.of(new Contents(FileMode.EXECUTABLE, new byte[] {'!'})));
    files.put(new FilePath("link"), Optional.of(new Contents(FileMode.SYMLINK, new byte[] {'a'})));
    files.put(new FilePath("bom.txt"), text("\uFEFFtext"));
    files.put(new FilePath("nul.txt"), text("a\0b"));
    CommitId made = make(files);
    var expected = new StringBuilder();
    for (String line :
        List.of(
            "100644 a.json",
            "100644 bom.txt",
            "100644 deep/er/c.bin",
            "120000 link",
            "100644 nul.txt",
            "100755 run")) {
      String path = line.substring(7);
      byte[] bytes = Objects.requireNonNull(files.get(new FilePath(path))).orElseThrow().bytes();
      String id = NativeGit.git(folder, bytes, "hash-object", "--stdin");
      expected
          .append(line, 0, 6)
          .append(" blob ")
          .append(id)
          .append('\t')
          .append(path)
          .append('\n');
    }
    assertEquals(expected.toString().strip(), tree(made));
    assertEquals(
        "Drift of 3 records\n\nby us",
        gitHub().repository().git("log", "-1", "--format=%B", made.hex()));
    assertEquals(
        tip("main").hex(), gitHub().repository().git("log", "-1", "--format=%P", made.hex()));
    assertEquals(1, trees());
  }

  @Test
  void aCommitNamesNobodySoThatGitHubSignsIt() {
    make(Map.of(new FilePath("a.json"), text("1")));
    assertEquals(
        List.of("installation", "access_tokens", "commits", "trees", "commits"),
        gitHub().requests().stream()
            .map(line -> line.replaceFirst("/[0-9a-f]{40}$", ""))
            .map(line -> line.substring(line.lastIndexOf('/') + 1))
            .toList());
    assertEquals(List.of(), gitHub().namedCommits());
  }

  @Test
  void manyFilesTravelInParts() {
    Map<FilePath, Optional<Contents>> files = new HashMap<>();
    IntStream.range(0, 250).forEach(i -> files.put(new FilePath("many/" + i), text("text " + i)));
    CommitId made = make(files);
    assertEquals(3, trees());
    assertEquals(253, tree(made).lines().count());
  }

  @Test
  void largeFilesTravelInParts() {
    Map<FilePath, Optional<Contents>> files = new HashMap<>();
    IntStream.range(0, 3)
        .forEach(i -> files.put(new FilePath("l" + i), text(i + "x".repeat(600_000))));
    files.put(new FilePath("larger"), text("y".repeat(1_200_000)));
    CommitId made = make(files);
    assertEquals(3, trees());
    assertEquals(7, tree(made).lines().count());
  }

  @Test
  void aTreeThatIsTooMuchForGitHubIsMadeInSmallerParts() {
    gitHub().trouble("/trees", Fault.answer(502, "Server Error"));
    gitHub()
        .trouble(
            "/trees",
            Fault.answer(
                422,
                "Sorry, your request timed out. It's likely that your input was too large to"
                    + " process."));
    Map<FilePath, Optional<Contents>> files = new HashMap<>();
    IntStream.range(0, 40).forEach(i -> files.put(new FilePath("many/" + i), text("text " + i)));
    CommitId made = make(files);
    assertTrue(gitHub().isCalm());
    assertEquals(6, trees());
    assertEquals(43, tree(made).lines().count());
  }

  @Test
  void aTreeThatIsAlwaysTooMuchIsLeftToTheCaller() {
    for (int i = 0; i < 8; i++) {
      gitHub().trouble("/trees", Fault.answer(502, "Server Error"));
    }
    var files = Map.of(new FilePath("a.json"), text("1"));
    assertThrows(SyncException.Unavailable.class, () -> make(files));
  }

  @Test
  void whatIsNotThereCanNotBeDeleted() {
    Map<FilePath, Optional<Contents>> files = Map.of(new FilePath("none"), Optional.empty());
    var e = assertThrows(SyncException.Invalid.class, () -> make(files));
    assertTrue(String.valueOf(e.getMessage()).contains("BadObjectState"), e::toString);
  }

  @Test
  void aTokenThatIsRevokedIsRenewed() {
    make(Map.of(new FilePath("a.json"), text("1")));
    app.revoke();
    make(Map.of(new FilePath("a.json"), text("2")));
  }
}

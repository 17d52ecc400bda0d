package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages are what people wrote, safe for every Git program, with trailers that Git finds. */
final class CommitTextTest {

  private static final Map<String, String> TRAILERS = trailers();
  private static final String BLOCK = "Syncline-Run: run-1\nSyncline-Link: folder\n";

  @TempDir Path directory;

  @Test
  void trailersAreAParagraphOfTheirOwn() {
    assertEquals("Subject\n\n" + BLOCK, message("Subject"));
    assertEquals("Subject\n\nBody.\n\n" + BLOCK, message("Subject\n\nBody.\n"));
    assertEquals("Note: this\n\n" + BLOCK, message("Note: this"));
  }

  @Test
  void trailersJoinThoseThatAreThereAlready() {
    assertEquals(
        "Subject\n\nCo-authored-by: Ada <a@b>\n  and more\n" + BLOCK,
        message("Subject\n\nCo-authored-by: Ada <a@b>\n  and more"));
  }

  @Test
  void emptyMessageHasASubject() {
    assertEquals("Change 1 file\n\n" + BLOCK, message(""));
    assertEquals("Change 1 file\n\n" + BLOCK, message("\n \u0000\r\n\t"));
  }

  @Test
  void whatWouldEndAMessageIsMadeHarmless() {
    assertEquals("a\n\n ---\nb\n\n" + BLOCK, message("a\n\n---\nb"));
    assertEquals("a\n\n --- b/c\n\n" + BLOCK, message("a\n\n--- b/c"));
    assertEquals("ab\nc\nd\n\n" + BLOCK, message("\n\na\u0000b\r\nc\rd"));
  }

  @Test
  void claimsThatAreOursAreLeftOut() {
    assertEquals("a\n\n" + BLOCK, message("a\n\nSyncline-Run: forged\nsyncline-link : forged"));
  }

  @Test
  void longMessagesAreCut() {
    String subject = message("x".repeat(500) + "\n\nbody");
    assertEquals(CommitText.MAX_SUBJECT, subject.indexOf('\n'));
    assertTrue(subject.contains("\n\n" + "x".repeat(500) + "\n\nbody\n\n"));
    String emoji = message("😀".repeat(100_000));
    assertTrue(emoji.length() < CommitText.MAX_LENGTH + 100);
    assertFalse(StandardCharsets.UTF_8.newEncoder().canEncode("\uD83D"));
    assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(emoji));
    assertTrue(emoji.endsWith("…\n\n" + BLOCK));
  }

  @Test
  void whatWasWrittenComesBackWithoutOurLines() {
    String written = "Subject\n\nBody.\n\nCo-authored-by: Ada <a@b>";
    assertEquals(written, CommitText.written(message(written)));
    assertEquals("Ada <a@b>", CommitText.trailers(message(written)).get("Co-authored-by"));
  }

  @Test
  void nativeGitFindsTheTrailersOfEveryMessage() {
    NativeGit.need("git");
    var git = new NativeGit(directory);
    git.run("init", "-q");
    var random = new Random(5);
    List<String> pieces =
        List.of(
            "word",
            " ",
            "\n",
            "\n\n",
            "\n\n",
            ": ",
            "Key: value",
            "\nKey: value",
            "---",
            "\n---\n",
            "\n# comment",
            "\nSigned-off-by: A <a@b>",
            "(cherry picked from commit 1)",
            "\t",
            "\r\n",
            "\n# ------------------------ >8 ------------------------\n",
            "Conflicts:\n\tx",
            "é",
            "😀",
            "\nSyncline-Run: forged",
            "\n  continued",
            "\uD800",
            "\u0000",
            "diff --git a/b b/c\n");
    for (int i = 0; i < 150; i++) {
      var written = new StringBuilder();
      for (int piece = random.nextInt(9); piece >= 0; piece--) {
        written.append(pieces.get(random.nextInt(pieces.size())));
      }
      String message = message(written.toString());
      String found =
          git.feed(message.getBytes(StandardCharsets.UTF_8), "interpret-trailers", "--parse");
      assertTrue(found.endsWith(BLOCK), () -> "found\n" + found + "\nin\n" + message);
      assertEquals(1, found.split("Syncline-Run", -1).length - 1);
      assertEquals("run-1", CommitText.trailers(message).get("Syncline-Run"));
      assertEquals("folder", CommitText.trailers(message).get("Syncline-Link"));
    }
  }

  private static String message(String written) {
    return CommitText.message(written, "Change 1 file", TRAILERS);
  }

  private static Map<String, String> trailers() {
    var trailers = new LinkedHashMap<String, String>();
    trailers.put("Syncline-Run", "run-1");
    trailers.put("Syncline-Link", "folder");
    return trailers;
  }
}

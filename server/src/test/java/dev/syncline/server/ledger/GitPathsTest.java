package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Names of Git trees come back as they were, whatever their bytes. */
final class GitPathsTest {

  @Test
  void anyBytesComeBack() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(6)];
      for (int at = 0; at < bytes.length; at++) {
        // Often the bytes that UTF-8 is made of.
        bytes[at] = (byte) (random.nextBoolean() ? 0x80 + random.nextInt(0x80) : 'a');
      }
      assertArrayEquals(bytes, GitPaths.bytes(text(bytes)));
    }
  }

  @Test
  void utf8IsItselfAndAllElseIsSingleBytes() {
    assertEquals("ü😀", text("ü😀".getBytes(StandardCharsets.UTF_8)));
    assertEquals("a\uDCFFb", text(new byte[] {'a', (byte) 0xFF, 'b'}));
    assertEquals("\uDCED\uDCA0\uDC80", text(new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}));
    assertEquals("\uDCE2\uDC82", text(new byte[] {(byte) 0xE2, (byte) 0x82}));
  }

  @Test
  void secondSpellingOfANameIsRefused() {
    var twice = new FilePath("\uDCC3\uDCBC");
    assertThrows(SyncException.Invalid.class, () -> GitPaths.bytes(twice));
  }

  @Test
  void pathTooDeepForGitProgramsIsRefused() {
    var deep = new FilePath("a/".repeat(GitPaths.MAX_DEPTH) + "a");
    assertThrows(SyncException.Invalid.class, () -> GitPaths.bytes(deep));
    GitPaths.bytes(new FilePath("a/".repeat(GitPaths.MAX_DEPTH - 1) + "a"));
  }

  private static String text(byte[] bytes) {
    return GitPaths.text(bytes, 0, bytes.length);
  }
}

package dev.syncline.core.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Ids of contents. */
final class ContentIdTest {

  @Test
  void itIsTheIdThatGitGives() {
    // git hash-object, as in the book Pro Git
    assertEquals(
        "d670460b4b4aece5915caf5c68d12f560a9fe3e4",
        ContentId.ofContents("test content\n".getBytes(UTF_8)).toString());
    assertEquals(
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", ContentId.ofContents(new byte[0]).toString());
  }

  @Test
  void itComesBackFromDigitsAndFromBytes() {
    ContentId id = ContentId.ofContents("text".getBytes(UTF_8));
    assertEquals(id, ContentId.parse(id.toString()));
    assertEquals(id, ContentId.of(id.bytes()));
  }

  @Test
  void anythingElseIsRefused() {
    assertThrows(SyncException.Invalid.class, () -> ContentId.parse("d670"));
    assertThrows(SyncException.Invalid.class, () -> ContentId.parse("x".repeat(40)));
    assertThrows(SyncException.Invalid.class, () -> ContentId.of(new byte[19]));
  }
}

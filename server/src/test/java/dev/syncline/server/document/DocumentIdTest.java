package dev.syncline.server.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Base58Check;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class DocumentIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"2hWaim99gozYWcEKYsZGAMnn8Jtg", "woDhM3j7g184sX4goyAq2GTDZZM"})
  void whatClientsWriteIsReadAndWrittenTheSame(String text) {
    assertEquals(text, DocumentId.parse(text).toString());
  }

  @Test
  void everyIdSurvivesBeingWritten() {
    var random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      long high = i % 4 == 0 ? 0 : random.nextLong() >>> random.nextInt(64);
      var id = new DocumentId(high, random.nextLong());
      assertEquals(id, DocumentId.parse(id.toString()));
      assertEquals(id, DocumentId.of(id.bytes()));
    }
  }

  @Test
  void aWrongLetterIsNoticed() {
    String text = "2hWaim99gozYWcEKYsZGAMnn8Jtg";
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'x' ? 'y' : 'x';
      String wrong = text.substring(0, i) + other + text.substring(i + 1);
      assertThrows(SyncException.Invalid.class, () -> DocumentId.parse(wrong));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "0",
        "../../etc/passwd",
        "2hWaim99gozYWcEKYsZGAMnn8Jt",
        "12hWaim99gozYWcEKYsZGAMnn8Jtg",
        "2hWaim99gozYWcEKYsZGAMnn8Jtg ",
        "2hWaim99gozYWcEKYsZGAMnn8Jtl",
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "1111111111111111111111111111",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
      })
  void anythingElseIsRefused(String text) {
    assertThrows(SyncException.Invalid.class, () -> DocumentId.parse(text));
  }

  @Test
  void aLongTextCostsNoTime() {
    String text = "z".repeat(10_000_000);
    assertThrows(SyncException.Invalid.class, () -> DocumentId.parse(text));
  }

  @Test
  void idsAreOrderedByTheirBytesAsUnsigned() {
    assertTrue(new DocumentId(-1, 0).compareTo(new DocumentId(1, 0)) > 0);
    assertTrue(new DocumentId(0, -1).compareTo(new DocumentId(0, 1)) > 0);
  }

  @Test
  void headsAreWrittenInTheSameForm() {
    byte[] head = new byte[32];
    new Random(2).nextBytes(head);
    assertArrayEquals(head, Base58Check.decode(Base58Check.encode(head), 32));
  }
}

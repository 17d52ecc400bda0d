package dev.syncline.yjs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Updates that yjs and yrs wrote, and our own. */
final class UpdateTest {

  private static final String HELLO = "01010100040108636f6e74656e74730568656c6c6f00";

  /** A map with an object and a map of lists, whole numbers in both encodings. */
  private static final String USERS =
      "01050300040108636f6e74656e74730178270105757365727306757365722d6101270003010369647300270003"
          + "010264730008000302027b41efffffffe000007dbb0100";

  private static final String CANVAS =
      "010309002801056e6f646573026e3101760702696477026e3104747970657704746578740474657874770001787d"
          + "f80101797c3f0000000577696474687dba03066865696768747d3c2801056564676573026531017605026964"
          + "770265310866726f6d4e6f646577026e310866726f6d536964657705726967687406746f4e6f646577026e31"
          + "06746f5369646577046c6566740401026e310c6361726420c3a920f09f988000";

  @Test
  void whatOthersWroteIsRead() {
    assertEquals("hello", read(HELLO).text("contents").toString());
    assertEquals(
        "hlo",
        read("01030100040108636f6e74656e7473016881010002840102026c6f0101010102")
            .text("contents")
            .toString());
    assertEquals(
        "AxyC",
        read("02010200c4010001010179030100040108636f6e74656e747301418401000143c401000101017800")
            .text("contents")
            .toString());
    assertEquals(
        "{\"user-a\":{\"ds\":[],\"ids\":[4294967295,123]}}",
        Canonical.json(read(USERS).map("users").toAny()));
    YDoc canvas = read(CANVAS);
    assertEquals("card é 😀", canvas.text("n1").toString());
    assertEquals(
        "{\"n1\":{\"height\":60,\"id\":\"n1\",\"text\":\"\",\"type\":\"text\",\"width\":250,\"x\":-120,\"y\":0.5}}",
        Canonical.json(canvas.map("nodes").toAny()));
  }

  @Test
  void whatIsReadIsWrittenAsItWas() {
    for (String update : List.of(HELLO, CANVAS, "0000")) {
      assertEquals(update, HexFormat.of().formatHex(read(update).encode()));
    }
  }

  @Test
  void aDocumentOfWhichNothingIsKnownIsEmpty() {
    YDoc doc = read("0000");
    assertTrue(doc.isComplete());
    assertEquals(List.of(), doc.roots());
    assertEquals(StateVector.NONE, doc.state());
    assertEquals("", doc.text("contents").toString());
  }

  @Test
  void whatBuildsOnSomethingMissingWaitsForIt() {
    var writer = new YDoc(7);
    byte[] first = writer.edit(() -> writer.text("t").insert(0, "ab")).orElseThrow();
    byte[] second = writer.edit(() -> writer.text("t").insert(1, "x")).orElseThrow();
    byte[] third = writer.edit(() -> writer.text("t").delete(0, 1)).orElseThrow();
    var reader = new YDoc(8);
    reader.apply(third);
    reader.apply(second);
    assertFalse(reader.isComplete());
    assertEquals("", reader.text("t").toString());
    var relayed = new YDoc(9);
    relayed.apply(reader.encode());
    for (YDoc doc : List.of(reader, relayed)) {
      doc.apply(first);
      assertTrue(doc.isComplete());
      assertEquals("xb", doc.text("t").toString());
    }
  }

  @Test
  void anEditThatChangesNothingIsNoUpdate() {
    var doc = new YDoc(7);
    assertEquals(Optional.empty(), doc.edit(() -> doc.map("m").remove("x")));
    assertThrows(IllegalStateException.class, () -> doc.text("t").insert(0, "outside"));
    assertThrows(
        IndexOutOfBoundsException.class, () -> doc.edit(() -> doc.text("t").insert(1, "x")));
  }

  @Test
  void stateVectorsAreWrittenAsOthersDo() {
    byte[] state = read(HELLO).state().encode();
    assertArrayEquals(new byte[] {1, 1, 5}, state);
    assertEquals(read(HELLO).state(), StateVector.decode(state));
    assertEquals(read(HELLO).state(), Updates.state(HexFormat.of().parseHex(HELLO)));
  }

  @Test
  void typingAtTheEndKeepsTheDocumentSmall() {
    var doc = new YDoc(7);
    for (int i = 0; i < 3000; i++) {
      int at = i;
      doc.edit(() -> doc.text("t").insert(at, "x"));
    }
    assertTrue(doc.encode().length < 3050);
  }

  @Test
  void typesInOneAnotherWithoutEndAreNoTrouble() {
    var doc = new YDoc(7);
    byte[] update =
        doc.edit(
                () -> {
                  YMap at = doc.map("m");
                  for (int depth = 0; depth < 20_000; depth++) {
                    at = at.setMap("m");
                  }
                })
            .orElseThrow();
    YDoc read = YDoc.reading(update);
    assertTrue(Canonical.json(read.map("m").toAny()).startsWith("{\"m\":{\"m\":"));
    read.apply(read.edit(() -> read.map("m").remove("m")).orElseThrow());
    assertEquals("{}", Canonical.json(read.map("m").toAny()));
  }

  private static YDoc read(String hex) {
    return YDoc.reading(HexFormat.of().parseHex(hex));
  }
}

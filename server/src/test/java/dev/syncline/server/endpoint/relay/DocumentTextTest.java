package dev.syncline.server.endpoint.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.yjs.YAny;
import dev.syncline.yjs.YDoc;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Documents as files. */
final class DocumentTextTest {

  private final YDoc document = new YDoc(7);

  @Test
  void aNoteIsItsTextAndNothingElse() {
    document.edit(() -> document.text("contents").insert(0, "# Ü 😀\n"));
    assertArrayEquals(
        "# Ü 😀\n".getBytes(StandardCharsets.UTF_8), DocumentText.note(document).orElseThrow());
  }

  @Test
  void aNoteThatIsNotUploadedIsNotAnEmptyOne() {
    assertEquals(Optional.empty(), DocumentText.note(YDoc.reading(new byte[2])));
    assertEquals(Optional.empty(), DocumentText.canvas(YDoc.reading(new byte[2])));
    document.edit(() -> document.text("contents").insert(0, "x"));
    document.edit(() -> document.text("contents").delete(0, 1));
    assertArrayEquals(
        new byte[0], DocumentText.note(YDoc.reading(document.encode())).orElseThrow());
  }

  @Test
  void aCanvasIsInOrderWithWholeNumbersAndWhatPeopleTyped() {
    document.edit(() -> {
      document.map("nodes").set("n2", node("n2", 1.5));
      document.map("nodes").set("n1", node("n1", -120));
      document
          .map("edges")
          .set("e1", new YAny.Fields(Map.of("id", new YAny.Text("e1"), "x", new YAny.Null())));
      document.text("n1").insert(0, "typed é");
    });
    assertEquals(
        """
        {
          "edges": [
            {
              "id": "e1",
              "x": null
            }
          ],
          "nodes": [
            {
              "id": "n1",
              "text": "typed é",
              "x": -120
            },
            {
              "id": "n2",
              "text": "old",
              "x": 1.5
            }
          ]
        }\
        """,
        new String(DocumentText.canvas(document).orElseThrow(), StandardCharsets.UTF_8));
  }

  private static YAny node(String id, double x) {
    return new YAny.Fields(
        Map.of("x", new YAny.Num(x), "text", new YAny.Text("old"), "id", new YAny.Text(id)));
  }
}

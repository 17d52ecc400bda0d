package dev.syncline.server.endpoint.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.records.RecordComparison;
import dev.syncline.core.records.RecordForm;
import dev.syncline.core.records.RecordRules;
import dev.syncline.core.records.RecordSet;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What differs, as people read it. */
final class PageTest {

  @Test
  void aBodyCallsNobodyAndIsFolded() {
    assertEquals(
        """
        <details><summary><code>a.json</code></summary>

        - added <code>&#64;anna &#35;7 &#124;</code>
        - <code>one</code>
          - <code>/size</code>: <code>1</code> → <code>"&lt;b&gt;"</code>


        </details>
        """,
        page(Form.BODY, 10_000).text("nowhere"));
  }

  @Test
  void aReportIsCodeInBlocks() {
    assertEquals(
        """
        ## <code>a.json</code>

            added @anna #7 |
            one
              /size: 1 → "<b>"

        """,
        page(Form.REPORT, 10_000).text("nowhere"));
  }

  @Test
  void whatHasNoRoomIsCounted() {
    Page page = page(Form.REPORT, 45);
    assertFalse(page.isWhole());
    String text = page.text("look there.");
    assertTrue(
        text.endsWith("added @anna #7 |\n\n… and 2 lines more than fit in here: look there.\n"),
        text);
  }

  @Test
  void aPageIsFullOnce() {
    Page page = page(Form.BODY, 60);
    String text = page.text("look there.");
    assertTrue(text.contains("</details>"), text);
    assertTrue(text.endsWith("… and 3 lines more than fit in here: look there.\n"), text);
  }

  @Test
  void moreRecordsThanAnybodyReadsAreLeftOut() {
    int many = Form.BODY.mostRecords + 7;
    String records =
        IntStream.range(0, many)
            .mapToObj(i -> "\"r" + i + "\": 1")
            .collect(Collectors.joining(",", "{", "}"));
    Page page = page(Form.BODY, 10_000_000, "{}", records);
    assertFalse(page.isWhole());
    assertTrue(page.text("look there.").contains("- … and 7 records more\n"));
    assertTrue(page(Form.REPORT, 10_000_000, "{}", records).isWhole());
  }

  private static Page page(Form form, int room) {
    return page(
        form,
        room,
        "{\"one\": {\"size\": 1}}",
        "{\"one\": {\"size\": \"<b>\"}, \"@anna #7 |\": {}}");
  }

  private static Page page(Form form, int room, String before, String after) {
    RecordComparison comparison =
        RecordComparison.of(set("source", after), set("target", before), RecordRules.NONE);
    var page = new Page(form, room);
    page.begin("a.json");
    comparison.added(form.mostRecords, key -> page.record("added", key));
    comparison.modified(form.mostRecords, page::changed);
    page.end(comparison);
    return page;
  }

  private static RecordSet set(String name, String text) {
    return RecordSet.of(
        name, text.getBytes(StandardCharsets.UTF_8), RecordForm.ofFile("a.json", Optional.empty()));
  }
}

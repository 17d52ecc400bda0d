package dev.syncline.server.endpoint.jsonapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.syncline.core.json.JsonMeaning;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import dev.syncline.core.merge.ByRecord;
import dev.syncline.core.merge.Settlement;
import dev.syncline.server.endpoint.jsonapi.ReviewOffer.Versions;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which edits on a pull request are a source's business. */
final class ReviewOfferTest {

  private static final String SAID = "{\"a\": {\"x\": 1, \"y\": 1}, \"b\": {\"x\": 1}}";
  private static final ByRecord.Records MEMBERS = new ByRecord.Records.Members();

  @Test
  void whatWasChangedAddedAndRemovedOnThePullRequestIsOnTopOfWhatIsSaid() {
    expect(
        "{\"a\": {\"x\": 7, \"y\": 1}, \"c\": {}}",
        SAID,
        "{\"a\": {\"x\": 7, \"y\": 1}, \"c\": {}}",
        SAID,
        SAID);
    expect(SAID, SAID, SAID, SAID, SAID);
  }

  @Test
  void theLedgersOwnEditsAreOfferedByThemselves() {
    String kept = "{\"a\": {\"x\": 1, \"y\": 9}, \"b\": {\"x\": 1}, \"mine\": {}}";
    expect(
        "{\"a\": {\"x\": 7, \"y\": 1}, \"b\": {\"x\": 1}}",
        kept,
        kept.replace("1,", "7,"),
        kept,
        SAID);
    expect(SAID, SAID, kept, kept, SAID);
  }

  @Test
  void whatTheSourceChangedSinceIsNotUndone() {
    String newer = "{\"a\": {\"x\": 5, \"y\": 1}, \"b\": {\"x\": 2}, \"n\": {}}";
    String reviewed = SAID.replace("\"b\": {\"x\": 1}", "\"b\": {\"x\": 1, \"z\": 3}");
    expect(
        "{\"a\": {\"x\": 5, \"y\": 1}, \"b\": {\"x\": 2, \"z\": 3}, \"n\": {}}",
        SAID,
        reviewed,
        newer,
        newer);
    expect(newer, SAID, SAID.replace("{\"x\": 1, ", "{\"x\": 7, "), newer, newer);
    expect(newer, SAID, "{\"a\": {\"x\": 1, \"y\": 1}}", newer, newer);
    expect(newer, SAID, SAID.replace("{\"x\": 1, ", "{\"x\": 7, "), newer.replace("5", "8"), newer);
  }

  @Test
  void whatTheSourceTookIsNotOfferedAgain() {
    String taken = SAID.replace("{\"x\": 1, ", "{\"x\": 7, ");
    expect(taken, SAID, taken, SAID, taken);
    expect(taken, SAID, taken, taken, taken);
  }

  @Test
  void elementsOfAListAreToldApartByTheirField() {
    var elements = new ByRecord.Records.Elements("id");
    String said = "[{\"id\": \"a\", \"x\": 1}, {\"id\": \"b\", \"x\": 1}]";
    String reviewed = "[{\"id\": \"b\", \"x\": 1}, {\"id\": \"a\", \"x\": 7}]";
    var edited =
        assertInstanceOf(
            Settlement.Combined.class,
            new Versions(bytes(said), bytes(reviewed), bytes(said), bytes(said)).edited(elements));
    Category category = OfferingTest.category(Optional.of(elements.field()));
    assertEquals(
        1, Edited.in(category, edited.contents(), bytes(said)).differences().counts().modified());
  }

  @Test
  void whatIsNoJsonWaits() {
    assertInstanceOf(
        Settlement.Waits.class,
        new Versions(bytes(SAID), bytes("{\"a\": "), bytes(SAID), bytes(SAID)).edited(MEMBERS));
  }

  private static void expect(
      String edited, String proposed, String reviewed, String kept, String said) {
    var versions = new Versions(bytes(proposed), bytes(reviewed), bytes(kept), bytes(said));
    var got = assertInstanceOf(Settlement.Combined.class, versions.edited(MEMBERS));
    assertEquals(meaning(bytes(edited)), meaning(got.contents()));
  }

  private static String meaning(byte[] json) {
    var read = assertInstanceOf(JsonReading.Read.class, JsonReader.read(json));
    return JsonMeaning.of(read.document().root());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

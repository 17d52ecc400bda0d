package dev.syncline.server.view.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.merge.Resolution;
import dev.syncline.core.merge.Side;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class FormsTest {

  @Test
  void everyValueComesBackAsItWas() {
    assertEquals(Samples.status(), StatusForm.read(travelled(StatusForm.write(Samples.status()))));
    assertEquals(
        new ArrayList<>(Samples.status().links().keySet()),
        new ArrayList<>(StatusForm.read(StatusForm.write(Samples.status())).links().keySet()));
    for (Run run : Samples.runs()) {
      assertEquals(run, RunForm.read(travelled(RunForm.write(run))));
    }
    for (Plan plan : Samples.plans()) {
      assertEquals(plan, PlanForm.read(travelled(PlanForm.write(plan))));
    }
    assertEquals(
        Samples.version(), VersionForm.read(travelled(VersionForm.write(Samples.version()))));
    assertEquals(
        Samples.conflict(), ConflictForm.read(travelled(ConflictForm.write(Samples.conflict()))));
  }

  @Test
  void answersComeBackWithWhatWasSeen() {
    var sides = Samples.conflict().sides();
    for (Resolution resolution :
        List.of(
            new Resolution.Choose(Side.OURS),
            new Resolution.Choose(Side.THEIRS),
            new Resolution.Both(),
            new Resolution.Supply(Optional.of(Samples.file("x"))),
            new Resolution.Supply(Optional.empty()))) {
      AnswerForm read =
          AnswerForm.read(travelled(AnswerForm.write(sides, resolution)), Optional.empty());
      assertEquals(resolution, read.resolution());
      assertTrue(read.saw(sides));
    }
  }

  @Test
  void aStatusSaysWhatMonitorsWant() {
    JsonNode halted = StatusForm.write(Samples.status()).path("links").path(7);
    assertEquals("halted", halted.path("condition").asString());
    assertEquals("failing", halted.path("health").path("status").asString());
    assertEquals("it has its reasons", halted.path("health").path("lastError").asString());
    assertEquals(7, halted.path("health").path("failures").asInt());
    assertEquals(7, halted.path("totals").path("successes").asInt());
    assertEquals(700, halted.path("totals").path("averageMillis").asInt());
    assertEquals(5, halted.path("conflicts").asInt());
    assertEquals(Samples.VERSION.hex(), halted.path("version").asString());
  }

  @Test
  void anAuthorIsAnObjectOrALine() {
    JsonMapper json = JsonMapper.shared();
    assertEquals(
        Samples.ADA, FileForm.readAuthor(json.readTree("\"Ada Lovelace <ada@example.org>\"")));
    assertEquals(new Author("ada", ""), FileForm.readAuthor(json.readTree("\"ada\"")));
    assertEquals(new Author("ada", ""), FileForm.readAuthor(json.readTree("{\"name\":\"ada\"}")));
    for (String wrong : List.of("\"\"", "1", "{}", "\"a <b> c\"")) {
      assertThrows(
          SyncException.Invalid.class, () -> FileForm.readAuthor(json.readTree(wrong)), wrong);
    }
  }

  @Test
  void everyPathTravelsInAUrl() {
    for (String path :
        List.of("a b/c+d.txt", "100%", "ü/日本/😀", "odd\uDCFF\uDC80/x", "a?b#c;d=e&f", "\uDCC3(")) {
      String coded = UrlText.encodePath(path);
      assertTrue(coded.chars().allMatch(c -> c < 0x7F && "+?#;&= ".indexOf(c) < 0), coded);
      assertEquals(Optional.of(path), UrlText.decode(coded));
    }
    assertEquals("odd%FF", UrlText.encode("odd\uDCFF"));
    assertEquals(Optional.empty(), UrlText.decode("100%"));
    assertEquals(Optional.empty(), UrlText.decode("%zz"));
  }

  private static JsonNode travelled(JsonNode node) {
    return JsonMapper.shared().readTree(JsonText.bytes(node));
  }
}

package dev.syncline.server.endpoint.jsonapi.horde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.syncline.core.merge.ByRecord;
import dev.syncline.core.merge.OnClash;
import dev.syncline.core.merge.Settlement;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Derivation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules by which rows become records and records rows. */
final class TextModelsTest {

  private static final String HEADER =
      "name,parameters_bn,display_name,url,baseline,description,style,tags,instruct_format,settings\n";

  private static final Derivation DATABASE = TextModels.database(new FilePath("data/models.csv"));

  @Test
  void aRowIsThreeRecords() {
    assertEquals(new FilePath("data/db.json"), DATABASE.derived());
    String row =
        "ada/My_Model-2b,2.5,,https://example.org/m,,caf\u00e9,chat,\"z, b ,\",,\"{\"\"top_k\"\":40,\"\"x\"\":1e-5}\"\r\n";
    String record =
        """
        "NAME": {
            "name": "NAME",
            "model_name": "My_Model-2b",
            "baseline": "",
            "parameters": 2500000000,
            "description": "caf\\u00e9",
            "version": "1",
            "style": "chat",
            "nsfw": false,
            "display_name": "My Model 2b",
            "url": "https://example.org/m",
            "tags": [
                "2B",
                "b",
                "chat",
                "z"
            ],
            "settings": {
                "top_k": 40,
                "x": 1e-05
            }
        }
        """
            .indent(4)
            .stripTrailing();
    assertEquals(
        "{\n"
            + record.replace("NAME", "ada/My_Model-2b")
            + ",\n"
            + record.replace("NAME", "aphrodite/ada/My_Model-2b")
            + ",\n"
            + record.replace("NAME", "koboldcpp/My_Model-2b")
            + "\n}\n",
        database(HEADER.replace("\n", "\r\n") + row));
  }

  @Test
  void theLastOfRowsWithTheSameNameCountsWhereTheFirstStood() {
    assertEquals(
        database(HEADER + "a/m,2,,,,,,,,\nb/n,3,,,,,,,,\n"),
        database(HEADER + "a/m,1,,,,,,,,\nb/n,3,,,,,,,,\n\na/m,2,,,,,,,,\n"));
  }

  @Test
  void aRowThatCanNotBeUsedIsNamed() {
    var failure =
        assertThrows(SyncException.Invalid.class, () -> database(HEADER + "a/m,many,,,,,,,,\n"));
    assertEquals(
        "data/models.csv: correct a/m: parameters_bn of a/m is no number: `many`",
        failure.getMessage());
    assertThrows(SyncException.Invalid.class, () -> database(HEADER + "a/m,1,,,,,,,,{\n"));
    assertThrows(SyncException.Invalid.class, () -> database(""));
  }

  @Test
  void recordsBecomeRowsAndTheSameRecordsAgain() {
    String csv =
        HEADER
            + "gpt,0.125,,,,,,,,\n"
            + "a/m-1,7,Own,https://x,base,\"d, \"\"q\"\"\nx\",generalist,\"a,b\",Llama 3,\"{\"\"t\"\": 1.0}\"\n";
    String records = database(csv);
    assertEquals(csv, new String(new TextModels().file(records.getBytes(UTF_8)), UTF_8));
    assertEquals(Set.of("gpt", "a/m-1"), new TextModels().ids(csv.getBytes(UTF_8)));
    assertEquals(
        HEADER,
        new String(
            new TextModels().file("{\"http://x/y\": {}, \"koboldcpp/z\": {}}".getBytes(UTF_8)),
            UTF_8));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TextModels().file("{\"a/b\": {\"parameters\": null}}".getBytes(UTF_8)));
  }

  @Test
  void anotherWayToWriteTheSameRowIsNoChange() {
    String ours =
        HEADER.replace("\n", "\r\n")
            + "a/m-x, 12,m x,,,,chat,\"story, 12B,  chat\",,\"{\"\"a\"\":1}\"\r\n"
            + "b/n,7.0,,,,,generalist,,,\r\n";
    for (OnClash onClash : OnClash.values()) {
      var policy = new ByRecord(new TextModels().records(), onClash);
      byte[] theirs = new TextModels().file(database(ours).getBytes(UTF_8));
      Settlement merged = policy.merge(Optional.empty(), ours.getBytes(UTF_8), theirs);
      assertEquals(ours, text(merged));
      byte[] changed = new String(theirs, UTF_8).replace("b/n,7", "b/n,8").getBytes(UTF_8);
      assertEquals(
          ours.replace("7.0", "8"),
          text(policy.merge(Optional.of(theirs), ours.getBytes(UTF_8), changed)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-0, 0",
    "12345678901234567890, 12345678901234567890",
    "1.0, 1.0",
    "0.70, 0.7",
    "1e2, 100.0",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.5e300, 1.5e+300",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-1.25e-7, -1.25e-07",
    "-0.0, -0.0",
    "0.1e1, 1.0",
    "5e-324, 5e-324",
    "2e22, 2e+22",
    "123456789.123456789, 123456789.12345679"
  })
  void numbersAreWrittenAsPythonWritesThem(String json, String python) {
    assertEquals(python, PythonJson.number(json));
  }

  @Test
  void textsAreWrittenAsPythonWritesThem() {
    assertEquals(
        "{\"a\": [\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007f\\u00e9\\ud83d\\ude00\", {}, [], null, true]}",
        PythonJson.line(
            PythonJson.read(
                "{\"a\":[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0001\u007f\u00e9\ud83d\ude00\",{},[],null,true]}")));
    assertThrows(IllegalArgumentException.class, () -> PythonJson.number("1e999"));
    assertEquals("[]", PythonJson.indented(List.of()));
  }

  private static String database(String csv) {
    return new String(DATABASE.derive(csv.getBytes(UTF_8)), UTF_8);
  }

  private static String text(Settlement settlement) {
    return new String(
        assertInstanceOf(Settlement.Combined.class, settlement, settlement::toString).contents(),
        UTF_8);
  }
}

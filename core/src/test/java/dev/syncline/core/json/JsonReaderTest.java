package dev.syncline.core.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;

/** JSON is what RFC 8259 says, and nothing else. */
final class JsonReaderTest {

  @Test
  void allKindsOfValuesAreRead() {
    for (String json :
        new String[] {
          "{}",
          "[]",
          " [ ] ",
          "\"\"",
          "0",
          "-0",
          "1.5e-7",
          "true",
          "false",
          "null",
          "\t[1 , 2]\r\n",
          "{\"\":[{}]}",
          "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\uD83D\\ude00 \u00e9 \ud83d\ude00\u007f\"",
          "[0,-1,12]"
        }) {
      assertInstanceOf(JsonReading.Read.class, read(json), json);
    }
  }

  @Test
  void everythingElseIsRefused() {
    for (String json :
        new String[] {
          "",
          " ",
          "{",
          "}",
          "[",
          "]",
          "[1,]",
          "[,1]",
          "[1 2]",
          "{\"a\"}",
          "{\"a\":}",
          "{\"a\":1,}",
          "{a:1}",
          "{'a':1}",
          "{1:1}",
          "{\"a\":1]",
          "[1}",
          "[1]]",
          "1 2",
          "01",
          "-",
          "+1",
          "1.",
          ".5",
          "1e",
          "1e+",
          "0x1",
          "NaN",
          "Infinity",
          "tru",
          "True",
          "nul",
          "\"",
          "\"\\x\"",
          "\"\\u12\"",
          "\"\\u12G4\"",
          "\"\\",
          "\"a\nb\"",
          "\"\t\"",
          "// c\n1",
          "/**/1",
          "[1]\0",
          "\0",
          "\u00a01",
          "\"\\u\uff11\uff11\uff11\uff11\"",
          "[\"a\" \"b\"]",
          "{\"a\" 1}",
          "{\"a\":1 \"b\":2}"
        }) {
      assertInstanceOf(JsonReading.Refused.class, read(json), json);
    }
  }

  @Test
  void whatCouldBeReadInTwoWaysIsRefused() {
    assertRefused("a name occurs twice in an object: character 7", read("{\"a\":1,\"a\":1}"));
    assertRefused(
        "a name occurs twice in an object: character 8", read("[{\"a\":1,\"\\u0061\":1}]"));
    assertRefused("it begins with a byte order mark", read("\ufeff{}"));
    assertRefused("not UTF-8", JsonReader.read(new byte[] {'"', (byte) 0xff, '"'}));
    assertInstanceOf(JsonReading.Refused.class, JsonReader.read("{}".getBytes(UTF_16LE)));
  }

  @Test
  void sizeIsBounded() {
    assertInstanceOf(JsonReading.Read.class, read("[".repeat(128) + "]".repeat(128)));
    assertRefused("nested deeper than 128", read("[".repeat(129) + "]".repeat(129)));
    assertRefused("nested deeper than 128", read("[{\"a\":".repeat(2_000_000)));
    assertRefused("more than 1000000 values", read("[" + "1,".repeat(1_100_000) + "1]"));
    assertRefused("larger than 16 MiB", read(" ".repeat(JsonReader.LARGEST) + "1"));
  }

  private static void assertRefused(String reason, JsonReading reading) {
    assertEquals(new JsonReading.Refused(reason), reading);
  }

  private static JsonReading read(String json) {
    return JsonReader.read(json.getBytes(UTF_8));
  }
}

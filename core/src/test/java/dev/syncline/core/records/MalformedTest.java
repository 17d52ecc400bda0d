package dev.syncline.core.records;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can't be compared is refused, with its place and its fault. */
final class MalformedTest {

  private static final RecordForm JSON = new RecordForm.Json(Optional.of("id"));
  private static final RecordForm CSV = new RecordForm.Csv(Optional.empty());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ^^                       | is empty: an empty set of records is {} or []: line 1, column 1
          ^ ~ ^                    | is empty: an empty set of records is {} or []: line 2, column 2
          ^"x"^                    | is neither a JSON object of records nor an array of them: line 1, column 1
          ^<html>^                 | is a page (HTML or XML) and no JSON: line 1, column 1
          ^{"a":1^                 | ends in the middle of its data, as if cut off: line 1, column 7
          ^{"a":"é^                | ends in the middle of its data, as if cut off: line 1, column 8
          ^{"a":tr^                | ends in the middle of its data, as if cut off: line 1, column 8
          ^{"a":[1,^               | ends in the middle of its data, as if cut off: line 1, column 9
          ^{"a":1}~{"b":2}^        | goes on behind the end of its JSON: line 2, column 1
          ^{"a":1 "b":2}^          | lacks a comma or `}`: line 1, column 8
          ^{"é":{"b":[1 2]}}^      | lacks a comma or `]`: line 1, column 14
          ^{"a":1,}^               | has no name in quotes where one must be: line 1, column 8
          ^{a:1}^                  | has no name in quotes where one must be: line 1, column 2
          ^{"a" 1}^                | lacks a colon: line 1, column 6
          ^{"a":01}^               | lacks a comma or `}`: line 1, column 7
          ^{"a":+1}^               | has no JSON value: line 1, column 6
          ^{"a":1.}^               | has no JSON value: line 1, column 8
          ^{"a":NaN}^              | has no JSON value: line 1, column 6
          ^{"a":"b~c"}^            | has a control character in quotes: line 2, column 1
          ^{"a":"\\x"}^            | has no escape like this: line 1, column 9
          ^{"a":"\\u12G4"}^        | has no escape like this: line 1, column 12
          ^[1]^                    | has a record that is no object: line 1, column 2
          ^[{"id":1},~{"x":1}]^    | has a record without text or a number in its field `id`: line 2, column 1
          ^[{"id":null}]^          | has a record without text or a number in its field `id`: line 1, column 2
          """)
  void jsonIsRefused(String text, String fault) {
    assertEquals("x.json " + fault, refusal(text.replace('~', '\n').getBytes(UTF_8), JSON));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ^^                    | is empty: not even the names of its columns are there: line 1, column 1
          ^a,b~1,2~1,2,3^       | has a row of 3 fields under 2 columns: line 3, column 1
          ^a,a~1,2^             | names a column twice: line 1, column 1
          ^a,b~1,"2^            | has a quote that is never closed: line 2, column 3
          ^a,b~1,"2"3^          | has something behind a closing quote: line 2, column 6
          """)
  void csvIsRefused(String text, String fault) {
    assertEquals("x.json " + fault, refusal(text.replace('~', '\n').getBytes(UTF_8), CSV));
  }

  @Test
  void aKeyMustBeThere() {
    assertTrue(
        refusal("[]".getBytes(UTF_8), new RecordForm.Json(Optional.empty()))
            .contains("say which field identifies a record"));
    assertEquals(
        "x.json has no column `id`: line 1, column 1",
        refusal("a,b\n1,2\n".getBytes(UTF_8), new RecordForm.Csv(Optional.of("id"))));
    assertEquals(
        "x.json has a row without its `b`: line 2, column 1",
        refusal("a,b\n1\n".getBytes(UTF_8), new RecordForm.Csv(Optional.of("b"))));
  }

  @Test
  void onlyUtf8IsRead() {
    assertTrue(refusal("{\"a\":\"é\"}".getBytes(ISO_8859_1), JSON).contains("is not UTF-8"));
    assertTrue(refusal("a,é\n".getBytes(ISO_8859_1), CSV).contains("is not UTF-8"));
    assertTrue(refusal("{}".getBytes(UTF_16), JSON).contains("is not UTF-8 but UTF-16"));
    int[][] wrong = {
      {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf5, 0x80, 0x80, 0x80}, {0x80}, {0xe0, 0x80, 0x80}
    };
    for (int[] bytes : wrong) {
      var text = new StringBuilder("{\"a\":\"");
      for (int b : bytes) {
        text.append((char) b);
      }
      assertTrue(
          refusal(text.append("\"}").toString().getBytes(ISO_8859_1), JSON)
              .contains("is not UTF-8"));
    }
  }

  @Test
  void sizesAreBounded() {
    assertTrue(
        refusal(("{\"a\":" + "[".repeat(1_000_000)).getBytes(UTF_8), JSON)
            .startsWith("x.json is nested deeper than 128: line 1, column 1"));
    assertTrue(
        refusal(("{\"a\":[" + "1,".repeat(1_000_000)).getBytes(UTF_8), JSON)
            .startsWith("x.json has a record of more than 999998 values: line 1, column 2000001"));
    byte[] large = ("{\"a\":\"" + "x".repeat(17 << 20) + "\"}").getBytes(UTF_8);
    assertTrue(refusal(large, JSON).contains("has a record of more than 16 MiB"));
    byte[] cell = ("a\n" + "x".repeat(17 << 20)).getBytes(UTF_8);
    assertTrue(refusal(cell, CSV).contains("has a row of more than 16 MiB: line 2, column 1"));
    byte[] cells = ("a\n" + ",".repeat(2_000_000)).getBytes(UTF_8);
    assertTrue(refusal(cells, CSV).contains("has a row of more than 1000000 cells"));
  }

  @Test
  void whatChangesMeanwhileIsNotBelieved() {
    byte[] contents = "{\"a\":{\"x\":1}}".getBytes(UTF_8);
    RecordSet target = RecordSet.of("t.json", "{\"a\":{\"x\":2}}".getBytes(UTF_8), JSON);
    RecordComparison comparison =
        RecordComparison.of(RecordSet.of("s.json", contents, JSON), target, RecordRules.NONE);
    contents[6] = 'x';
    assertThrows(SyncException.Unavailable.class, () -> comparison.differences(1));
  }

  private static String refusal(byte[] contents, RecordForm form) {
    RecordSet source = RecordSet.of("x.json", contents, form);
    RecordSet target = RecordSet.of("t.json", "{}".getBytes(UTF_8), JSON);
    SyncException.Invalid refused =
        assertThrows(
            SyncException.Invalid.class,
            () -> RecordComparison.of(source, target, RecordRules.NONE));
    return String.valueOf(refused.getMessage());
  }
}

package dev.syncline.core.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV is read as it is written, or refused with the place of its fault. */
final class CsvReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\r\n1,2\r\n",
        "a,b\n1,2",
        "a,b\r1,2\r",
        "a,b\r\n1,2\n3,4\r5,6",
        "\ufeffa,b\n1,2\n",
        "\r\n\n \na,b\n\n\n1,2\n\n",
        "a,b\n1\n1,2,3,\n,\n\"\"",
        "\"a\",\"b\"\"\"\n\"1,\r\n2\",x\"y\"\"z\n",
        "a,é😀\nü,\n"
      })
  void whatIsReadCanBeWrittenAsItWas(String text) {
    CsvTable table = table(text);
    assertEquals(
        text,
        table.before()
            + table.header().text()
            + table.rows().stream().map(CsvRow::text).collect(Collectors.joining()));
  }

  @Test
  void cellsHoldWhatStandsInTheirQuotes() {
    CsvTable table = table("\ufeff\n\"a\",b\r\n\"x, \"\"y\"\"\r\nz\", q \r\rs\"t\"\",\"\"\n");
    assertEquals(List.of("a", "b"), table.columns());
    assertEquals(
        List.of(List.of("x, \"y\"\r\nz", " q "), List.of(""), List.of("s\"t\"\"", "")),
        table.rows().stream().map(CsvRow::values).toList());
  }

  @Test
  void onlyALineOfNothingIsEmpty() {
    assertEquals(
        List.of(true, true, false, false, false),
        table("a\n\n \t\n\"\"\n,\nx").rows().stream().map(CsvRow::isEmpty).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ^^           | it is empty: not even the names of its columns are there: line 1, column 1
          ^~~^         | it is empty: not even the names of its columns are there: line 3, column 1
          ^~a,b,a~^    | it names a column twice: line 2, column 1
          ^a,"a"^      | it names a column twice: line 1, column 1
          ^a~b,"1~2^   | it has a quote that is never closed: line 2, column 3
          ^a~"^        | it has a quote that is never closed: line 2, column 1
          ^a~"1""^     | it has a quote that is never closed: line 2, column 1
          ^a~é,"2" ^   | it has something behind a closing quote: line 2, column 6
          """)
  void whatIsNoCsvIsRefused(String text, String reason) {
    assertEquals(reason, refusal(text.replace('~', '\n').getBytes(UTF_8)));
  }

  @Test
  void onlyUtf8IsRead() {
    assertEquals("it is not UTF-8: line 1, column 4", refusal("a,é\n", ISO_8859_1));
    assertEquals("it is not UTF-8 but UTF-16: line 1, column 1", refusal("a,b\n", UTF_16));
  }

  @Test
  void sizesAreBounded() {
    assertEquals("larger than 16 MiB", refusal(new byte[(16 << 20) + 1]));
    assertEquals(
        "it has a row of more than 1000000 cells: line 2, column 1",
        refusal(("a\n" + ",".repeat(1_000_000)).getBytes(UTF_8)));
    assertEquals(
        "more than 1000000 cells", refusal(("a,b\n" + "1,2\n".repeat(500_000)).getBytes(UTF_8)));
    assertEquals(499_999, table("a,b\n" + "1,2\n".repeat(499_999)).rows().size());
  }

  private static CsvTable table(String text) {
    return assertInstanceOf(CsvReading.Read.class, CsvReader.read(text.getBytes(UTF_8)), text)
        .table();
  }

  private static String refusal(String text, Charset charset) {
    return refusal(text.getBytes(charset));
  }

  private static String refusal(byte[] contents) {
    return assertInstanceOf(CsvReading.Refused.class, CsvReader.read(contents)).reason();
  }
}

package dev.syncline.core.records;

import dev.syncline.core.csv.CsvRow;
import dev.syncline.core.csv.CsvRows;
import dev.syncline.core.json.JsonText;
import dev.syncline.core.text.ByteWindow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The records of a CSV table: texts by the names of their columns. */
final class CsvRecords implements Records {

  private final RecordSet set;
  private final Optional<String> id;
  private final Rule rule;
  private List<String> columns = List.of();
  private int key;

  CsvRecords(RecordSet set, Optional<String> id, Rule rule) {
    this.set = set;
    this.id = id;
    this.rule = rule;
  }

  @Override
  public void each(Consumer<Found> visitor) {
    ByteWindow in = ByteWindow.over(set.name(), set.bytes());
    var rows = new CsvRows(in);
    columns = rows.header().values();
    key = id.map(columns::indexOf).orElse(0);
    if (key < 0) {
      throw in.wrongAt(rows.start(), "has no column `" + id.orElse("") + "`");
    }
    for (Optional<CsvRow> row = rows.filled(); row.isPresent(); row = rows.filled()) {
      List<String> cells = row.get().values();
      if (cells.size() > columns.size()) {
        throw in.wrongAt(
            rows.start(),
            "has a row of " + cells.size() + " fields under " + columns.size() + " columns");
      }
      if (cells.size() <= key) {
        throw in.wrongAt(rows.start(), "has a row without its `" + columns.get(key) + "`");
      }
      visitor.accept(found(cells, rows, in));
    }
  }

  private Found found(List<String> cells, CsvRows rows, ByteWindow in) {
    long one = Meaning.ONE;
    long two = Meaning.TWO;
    for (int i = 0; i < cells.size(); i++) {
      String name = columns.get(i);
      if (!rule.inside(name).isIgnored()) {
        one +=
            Meaning.memberOne(
                Meaning.textOne(name), Meaning.one(Meaning.textOne(cells.get(i)), '"'));
        two +=
            Meaning.memberTwo(
                Meaning.textTwo(name), Meaning.two(Meaning.textTwo(cells.get(i)), '"'));
      }
    }
    String text = cells.get(key);
    return new Found(
        Meaning.textOne(text),
        Meaning.textTwo(text),
        Meaning.one(one, '{'),
        Meaning.two(two, '{'),
        rows.start(),
        Records.length(in, rows.start()),
        false);
  }

  @Override
  public Written at(long offset, int length) {
    var rows = new CsvRows(ByteWindow.over(Records.slice(set, offset, length)));
    List<String> cells = rows.next().map(CsvRow::values).orElse(List.of());
    var json = new StringBuilder("{");
    for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
      json.append(i == 0 ? "" : ",").append(JsonText.quoted(columns.get(i)));
      json.append(':').append(JsonText.quoted(cells.get(i)));
    }
    byte[] object = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    return new Written(key < cells.size() ? cells.get(key) : "", Records.read(set, object));
  }
}

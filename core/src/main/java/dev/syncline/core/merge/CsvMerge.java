package dev.syncline.core.merge;

import dev.syncline.core.csv.CsvReader;
import dev.syncline.core.csv.CsvReading;
import dev.syncline.core.csv.CsvRow;
import dev.syncline.core.csv.CsvTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Merges CSV files by row and cell. Rows of ours that nothing happens to stay as they are, byte for
 * byte. Of rows with the same key the last counts; those before it stay as long as it does.
 */
final class CsvMerge {

  private final CsvTable ours;
  private final CsvCells cells;
  private final int key;

  /** The rows that count, by key. */
  private record Rows(
      SequencedMap<String, CsvRow> base,
      SequencedMap<String, CsvRow> ours,
      SequencedMap<String, CsvRow> theirs) {}

  private CsvMerge(CsvTable ours, CsvCells cells, int key) {
    this.ours = ours;
    this.cells = cells;
    this.key = key;
  }

  static Settlement merge(
      ByRecord.Records.Rows how,
      OnClash onClash,
      Optional<byte[]> base,
      byte[] ours,
      byte[] theirs) {
    return switch (CsvReader.read(ours)) {
      case CsvReading.Refused(String reason) -> waits("ours", reason);
      case CsvReading.Read(CsvTable o) ->
          switch (CsvReader.read(theirs)) {
            case CsvReading.Refused(String reason) -> waits("theirs", reason);
            case CsvReading.Read(CsvTable t) ->
                switch (CsvReader.read(base.orElse(ours))) {
                  case CsvReading.Refused(String reason) -> waits("base", reason);
                  case CsvReading.Read(CsvTable b) ->
                      new Tables(base.map(_ -> b), o, t).merge(how, onClash);
                };
          };
    };
  }

  private record Tables(Optional<CsvTable> base, CsvTable ours, CsvTable theirs) {

    Settlement merge(ByRecord.Records.Rows how, OnClash onClash) {
      String name = how.column();
      int inOurs = ours.columns().indexOf(name);
      int inTheirs = theirs.columns().indexOf(name);
      int inBase = base.map(table -> table.columns().indexOf(name)).orElse(0);
      if (inOurs < 0 || inTheirs < 0 || inBase < 0) {
        return waits("both sides", "not all versions have a column `" + name + "`");
      }
      var unknown = new ArrayList<>(theirs.columns());
      unknown.removeAll(ours.columns());
      if (!unknown.isEmpty()) {
        return waits(
            "ours",
            "it has no columns "
                + String.join(", ", unknown)
                + "; add their names to its first row");
      }
      var cells =
          new CsvCells(
              how.meaning(),
              onClash,
              new CsvCells.Columns(
                  base.map(CsvTable::columns).orElse(List.of()), ours.columns(), theirs.columns()));
      return new CsvMerge(ours, cells, inOurs)
          .merge(
              new Rows(
                  base.map(table -> byKey(table, inBase)).orElseGet(LinkedHashMap::new),
                  byKey(ours, inOurs),
                  byKey(theirs, inTheirs)));
    }
  }

  private static Settlement waits(String version, String reason) {
    return new Settlement.Waits("it can't be merged by record: " + version + ": " + reason);
  }

  private static SequencedMap<String, CsvRow> byKey(CsvTable table, int column) {
    var rows = new LinkedHashMap<String, CsvRow>();
    for (CsvRow row : table.rows()) {
      if (!row.isEmpty()) {
        rows.putLast(row.value(column), row);
      }
    }
    return rows;
  }

  private Settlement merge(Rows rows) {
    var merged = new LinkedHashMap<String, CsvRow>();
    var added = new HashMap<Optional<String>, List<CsvRow>>();
    Optional<String> before = Optional.empty();
    for (String id :
        MergedOrder.of(
            rows.base().keySet(), rows.ours().sequencedKeySet(), rows.theirs().sequencedKeySet())) {
      Optional<CsvRow> row =
          cells.row(
              id,
              Optional.ofNullable(rows.base().get(id)),
              Optional.ofNullable(rows.ours().get(id)),
              Optional.ofNullable(rows.theirs().get(id)));
      if (rows.ours().containsKey(id)) {
        before = Optional.of(id);
        row.ifPresent(it -> merged.put(id, it));
      } else if (row.isPresent()) {
        added.computeIfAbsent(before, _ -> new ArrayList<>()).add(row.get());
      }
    }
    return cells.clashes().isEmpty()
        ? new Settlement.Combined(written(placed(merged, added)).getBytes(StandardCharsets.UTF_8))
        : new Settlement.Waits(new JsonOutcome.Clash(cells.clashes()).sentence());
  }

  private List<CsvRow> placed(
      Map<String, CsvRow> merged, Map<Optional<String>, List<CsvRow>> added) {
    var last = new HashMap<String, Integer>();
    for (int at = 0; at < ours.rows().size(); at++) {
      last.put(ours.rows().get(at).value(key), at);
    }
    var all = new ArrayList<CsvRow>();
    all.add(ours.header());
    all.addAll(added.getOrDefault(Optional.<String>empty(), List.of()));
    for (int at = 0; at < ours.rows().size(); at++) {
      CsvRow row = ours.rows().get(at);
      String id = row.value(key);
      if (row.isEmpty()) {
        all.add(row);
        continue;
      }
      boolean counts = Objects.equals(last.get(id), at);
      Optional.ofNullable(merged.get(id)).map(now -> counts ? now : row).ifPresent(all::add);
      if (counts) {
        all.addAll(added.getOrDefault(Optional.of(id), List.of()));
      }
    }
    return all;
  }

  /** Every line has an end; the last one if ours has it there. */
  private String written(List<CsvRow> rows) {
    String usual = ours.header().end().isEmpty() ? "\n" : ours.header().end();
    CsvRow lastOfOurs = ours.rows().isEmpty() ? ours.header() : ours.rows().getLast();
    var text = new StringBuilder(ours.before());
    for (int at = 0; at < rows.size(); at++) {
      CsvRow row = rows.get(at);
      boolean ends = at < rows.size() - 1 || !lastOfOurs.end().isEmpty();
      text.append(row.ending(!ends ? "" : row.end().isEmpty() ? usual : row.end()).text());
    }
    return text.toString();
  }
}

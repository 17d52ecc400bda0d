package dev.syncline.core.merge;

import dev.syncline.core.csv.CsvRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Merges three versions of a row, and remembers where they clash. Confined to one merge. */
final class CsvCells {

  private final RowMeaning meaning;
  private final OnClash onClash;
  private final Columns columns;
  private final JsonClashes clashes = new JsonClashes();

  /** The names of the columns in each version. */
  record Columns(List<String> base, List<String> ours, List<String> theirs) {}

  CsvCells(RowMeaning meaning, OnClash onClash, Columns columns) {
    this.meaning = meaning;
    this.onClash = onClash;
    this.columns = columns;
  }

  /** Where the versions clash; if anywhere, the merged rows mean nothing. */
  List<String> clashes() {
    return clashes.paths();
  }

  /** What becomes of a row; empty if it is gone. */
  Optional<CsvRow> row(
      String key, Optional<CsvRow> base, Optional<CsvRow> ours, Optional<CsvRow> theirs) {
    clashes.enter(() -> key);
    try {
      if (ours.isPresent() && theirs.isPresent()) {
        return Optional.of(both(base, ours.get(), theirs.get()));
      }
      Optional<CsvRow> only = ours.or(() -> theirs.map(this::asOurs));
      return base.isEmpty() ? only : oneDeleted(base.get(), ours, theirs, only);
    } finally {
      clashes.leave();
    }
  }

  private Optional<CsvRow> oneDeleted(
      CsvRow base, Optional<CsvRow> ours, Optional<CsvRow> theirs, Optional<CsvRow> only) {
    Map<String, String> was = means(base, columns.base());
    boolean isUnchanged =
        ours.map(row -> means(row, columns.ours()))
            .or(() -> theirs.map(row -> means(row, columns.theirs())))
            .filter(now -> !isSame(was, now))
            .isEmpty();
    if (isUnchanged) {
      return Optional.empty();
    }
    return switch (onClash) {
      case OURS -> only.filter(_ -> ours.isPresent());
      case THEIRS -> only.filter(_ -> theirs.isPresent());
      case WAIT_FIELD, WAIT_RECORD -> {
        clashes.here();
        yield Optional.empty();
      }
    };
  }

  private CsvRow both(Optional<CsvRow> base, CsvRow ours, CsvRow theirs) {
    Optional<Map<String, String>> was = base.map(row -> means(row, columns.base()));
    Map<String, String> mine = means(ours, columns.ours());
    Map<String, String> its = means(theirs, columns.theirs());
    if (isSame(mine, its) || was.filter(it -> isSame(it, its)).isPresent()) {
      return ours;
    }
    if (onClash == OnClash.WAIT_RECORD && was.filter(it -> isSame(it, mine)).isEmpty()) {
      clashes.here();
      return ours;
    }
    CsvRow merged = ours;
    for (int at = 0; at < columns.ours().size(); at++) {
      String column = columns.ours().get(at);
      int there = columns.theirs().indexOf(column);
      if (there >= 0 && takesTheirs(column, was, mine, its)) {
        merged = merged.with(at, theirs.value(there));
      }
    }
    return merged;
  }

  private boolean takesTheirs(
      String column,
      Optional<Map<String, String>> was,
      Map<String, String> mine,
      Map<String, String> its) {
    String ours = cell(mine, column);
    String theirs = cell(its, column);
    // Without a base, an empty cell says nothing.
    String before = was.map(row -> cell(row, column)).orElse("");
    Optional<String> oneSided = ThreeWay.oneSided(before, ours, theirs);
    if (oneSided.isPresent()) {
      return !oneSided.get().equals(ours);
    }
    return switch (onClash) {
      case OURS -> false;
      case THEIRS -> true;
      case WAIT_FIELD, WAIT_RECORD -> {
        clashes.enter(() -> column);
        clashes.here();
        clashes.leave();
        yield false;
      }
    };
  }

  /** A row of theirs with the columns in the order of ours. */
  private CsvRow asOurs(CsvRow row) {
    return CsvRow.of(
        columns.ours().stream()
            .map(column -> columns.theirs().indexOf(column))
            .map(at -> at < 0 ? "" : row.value(at))
            .toList(),
        "");
  }

  private Map<String, String> means(CsvRow row, List<String> names) {
    return meaning.of(row.by(names));
  }

  /** What a version doesn't speak of, because it lacks the column, is no change. */
  private boolean isSame(Map<String, String> one, Map<String, String> other) {
    return columns.theirs().stream()
        .allMatch(column -> cell(one, column).equals(cell(other, column)));
  }

  private static String cell(Map<String, String> row, String column) {
    return row.getOrDefault(column, "");
  }
}

package dev.syncline.server.endpoint.jsonapi.horde;

import dev.syncline.core.csv.CsvReader;
import dev.syncline.core.csv.CsvReading;
import dev.syncline.core.csv.CsvRow;
import dev.syncline.core.csv.CsvTable;
import dev.syncline.core.json.JsonSlot;
import dev.syncline.core.merge.ByRecord;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Derivation;
import dev.syncline.server.endpoint.jsonapi.RecordForm;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text models of the AI Horde. The source has three records of each; the file has one row,
 * {@code models.csv}, from which the repository's own program makes {@code db.json}, and so do we,
 * to the letter.
 */
public record TextModels() implements RecordForm {

  private static final String KEY = "name";
  private static final List<String> COPIES = List.of("aphrodite/", "koboldcpp/");

  @Override
  public byte[] file(byte[] records) {
    var csv = new StringBuilder(CsvRow.of(TextModel.COLUMNS, "\n").text());
    String text = new String(records, StandardCharsets.UTF_8);
    for (JsonSlot record : PythonJson.read(text).slots()) {
      String name = record.name();
      if (COPIES.stream().noneMatch(name::startsWith) && !name.contains("://")) {
        Map<String, String> row = TextModel.of(name, record.node()).row();
        csv.append(
            CsvRow.of(TextModel.COLUMNS.stream().map(it -> row.getOrDefault(it, "")).toList(), "\n")
                .text());
      }
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Set<String> ids(byte[] file) {
    return switch (CsvReader.read(file)) {
      case CsvReading.Refused _ -> Set.of();
      case CsvReading.Read(CsvTable table) -> {
        int key = table.columns().indexOf(KEY);
        var names = new LinkedHashSet<String>();
        if (key >= 0) {
          table.rows().stream()
              .filter(row -> !row.isEmpty())
              .forEach(row -> names.add(row.value(key)));
        }
        yield names;
      }
    };
  }

  @Override
  public ByRecord.Records records() {
    return new ByRecord.Records.Rows(KEY, row -> new TextModel(row).normal());
  }

  /** How {@code db.json} follows from {@code models.csv}, beside it. */
  public static Derivation database(FilePath models) {
    return new Database(models);
  }

  private record Database(FilePath master) implements Derivation {

    @Override
    public FilePath derived() {
      return master.sibling("db.json");
    }

    @Override
    public byte[] derive(byte[] contents) {
      return switch (CsvReader.read(contents)) {
        case CsvReading.Refused(String reason) ->
            throw new SyncException.Invalid(master + " can't be read: " + reason);
        case CsvReading.Read(CsvTable table) -> database(table);
      };
    }

    private byte[] database(CsvTable table) {
      // As in Python: of models with the same name the last counts, where the first stood.
      var all = new LinkedHashMap<String, Object>();
      for (CsvRow row : table.rows()) {
        if (row.isEmpty()) {
          continue;
        }
        var model = new TextModel(row.by(table.columns()));
        try {
          for (String name :
              List.of(
                  model.name(), "aphrodite/" + model.name(), "koboldcpp/" + model.modelName())) {
            all.put(name, model.record(name));
          }
        } catch (IllegalArgumentException e) {
          throw new SyncException.Invalid(
              master + ": correct " + model.name() + ": " + e.getMessage(), e);
        }
      }
      return (PythonJson.indented(all) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
  }
}

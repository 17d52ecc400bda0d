package dev.syncline.server.endpoint.jsonapi.horde;

import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonSlot;
import dev.syncline.core.json.JsonText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One text model: as a row of {@code models.csv}, and as what its three records say besides their
 * names.
 *
 * @param row from names of columns to cells
 */
record TextModel(Map<String, String> row) {

  static final List<String> COLUMNS =
      List.of(
          "name",
          "parameters_bn",
          "display_name",
          "url",
          "baseline",
          "description",
          "style",
          "tags",
          "instruct_format",
          "settings");

  private static final String USUAL_STYLE = "generalist";
  private static final double BILLION = 1_000_000_000;

  String name() {
    return cell("name");
  }

  /** Behind the first slash, up to the next. */
  String modelName() {
    String[] parts = name().split("/", -1);
    return parts.length > 1 ? parts[1] : name();
  }

  /**
   * What a record says.
   *
   * @param called its own name
   * @throws IllegalArgumentException if a cell can't be used
   */
  Map<String, Object> record(String called) {
    var record = new LinkedHashMap<String, Object>();
    record.put("name", called);
    record.put("model_name", modelName());
    record.put("baseline", cell("baseline"));
    record.put("parameters", (long) (billions() * BILLION));
    record.put("description", cell("description"));
    record.put("version", "1");
    record.put("style", cell("style").isEmpty() ? USUAL_STYLE : cell("style"));
    record.put("nsfw", false);
    record.put("display_name", cell("display_name").isEmpty() ? usualName() : cell("display_name"));
    put("url", record);
    record.put("tags", tags());
    put("instruct_format", record);
    if (!cell("settings").isEmpty()) {
      JsonNode settings = PythonJson.read(cell("settings"));
      if (!settings.slots().isEmpty()) {
        record.put("settings", settings);
      }
    }
    return record;
  }

  /** The same with one way to write what can be written in several. */
  Map<String, String> normal() {
    try {
      return of(name(), PythonJson.read(PythonJson.line(record(name())))).row();
    } catch (IllegalArgumentException e) {
      return row;
    }
  }

  /**
   * Of a record.
   *
   * @throws IllegalArgumentException if a field can't be used
   */
  static TextModel of(String name, JsonNode record) {
    var fields = new LinkedHashMap<String, JsonNode>();
    for (JsonSlot slot : record.slots()) {
      fields.put(slot.name(), slot.node());
    }
    var row = new LinkedHashMap<String, String>();
    row.put("name", name);
    double billions = number(fields.get("parameters"), name) / BILLION;
    row.put(
        "parameters_bn",
        new BigDecimal(Double.toString(billions)).stripTrailingZeros().toPlainString());
    String display = text(fields, "display_name");
    row.put("display_name", display.equals(new TextModel(row).usualName()) ? "" : display);
    for (String column : List.of("url", "baseline", "description", "instruct_format")) {
      row.put(column, text(fields, column));
    }
    var tags =
        new TreeSet<>(
            Optional.ofNullable(fields.get("tags")).map(TextModel::texts).orElse(List.of()));
    String style = text(fields, "style");
    row.put("style", style.equals(USUAL_STYLE) && !tags.contains(style) ? "" : style);
    tags.remove(style);
    tags.remove(size(billions));
    row.put("tags", String.join(",", tags));
    row.put(
        "settings",
        Optional.ofNullable(fields.get("settings"))
            .filter(settings -> !settings.slots().isEmpty())
            .map(PythonJson::line)
            .orElse(""));
    return new TextModel(row);
  }

  private double billions() {
    try {
      return Double.parseDouble(cell("parameters_bn").strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "parameters_bn of " + name() + " is no number: `" + cell("parameters_bn") + "`", e);
    }
  }

  private List<String> tags() {
    var tags = new TreeSet<String>();
    for (String tag : cell("tags").split(",", -1)) {
      if (!tag.isBlank()) {
        tags.add(tag.strip());
      }
    }
    if (!cell("style").isEmpty()) {
      tags.add(cell("style"));
    }
    tags.add(size(billions()));
    return new ArrayList<>(tags);
  }

  /** Halves go to the even number, as Python has it. */
  private static String size(double billions) {
    return (long) Math.rint(billions) + "B";
  }

  private String usualName() {
    return modelName().replace('-', ' ').replace('_', ' ');
  }

  private void put(String column, Map<String, Object> record) {
    if (!cell(column).isEmpty()) {
      record.put(column, cell(column));
    }
  }

  private String cell(String column) {
    return row.getOrDefault(column, "");
  }

  private static String text(Map<String, JsonNode> fields, String name) {
    return Optional.ofNullable(fields.get(name))
        .filter(node -> node.first() == '"')
        .map(node -> JsonText.decoded(node.text()))
        .orElse("");
  }

  private static List<String> texts(JsonNode array) {
    return array.slots().stream()
        .map(JsonSlot::node)
        .filter(node -> node.first() == '"')
        .map(node -> JsonText.decoded(node.text()))
        .toList();
  }

  private static double number(@Nullable JsonNode node, String of) {
    if (node == null || "-0123456789".indexOf(node.first()) < 0) {
      throw new IllegalArgumentException("`parameters` of " + of + " is no number");
    }
    return Double.parseDouble(node.text());
  }
}

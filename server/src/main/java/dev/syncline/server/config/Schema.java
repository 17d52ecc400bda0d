package dev.syncline.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Describes the configuration file to editors, as a JSON Schema (draft 2020-12). */
public final class Schema {

  private Schema() {}

  /** The schema, on many lines. */
  public static String text() {
    var schema = new LinkedHashMap<String, Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Syncline's configuration");
    schema.put("description", "What `syncline config sample` shows with comments.");
    schema.putAll(section(""));
    return Json.pretty(schema) + "\n";
  }

  /**
   * @param path of the section with a dot after it; empty for the whole file
   */
  private static Map<String, Object> section(String path) {
    var properties = new LinkedHashMap<String, Object>();
    for (Setting<?> setting : Settings.all()) {
      if (setting.key().startsWith(path)) {
        String rest = setting.key().substring(path.length());
        int dot = rest.indexOf('.');
        if (dot < 0) {
          properties.put(rest, value(setting));
        } else {
          String name = rest.substring(0, dot);
          properties.computeIfAbsent(name, section -> section(path + section + "."));
        }
      }
    }
    var section = new LinkedHashMap<String, Object>();
    // Nothing stands where all lines of a section are commented out.
    section.put("type", List.of("object", "null"));
    section.put("properties", properties);
    section.put("additionalProperties", false);
    return section;
  }

  private static Map<String, Object> value(Setting<?> setting) {
    var value = new LinkedHashMap<String, Object>();
    value.put("description", setting.sentences());
    // In a fixed order: the parts of a schema come from maps that have none.
    value.putAll(new TreeMap<>(setting.type().schema()));
    setting.preset().ifPresent(text -> value.put("default", preset(setting, text)));
    return value;
  }

  private static Object preset(Setting<?> setting, String text) {
    return switch (setting.type()) {
      case AddressRanges ranges -> ranges.parse(text);
      case Quantity<?> quantity when quantity.pattern().isEmpty() -> quantity.parse(text);
      case Quantity<?> _,
          Choice<?> _,
          LocalPath _,
          Host _,
          PostgresAddress _,
          Text _,
          WebAddress _ ->
          text;
    };
  }
}

package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes up JSON values (maps, lists, and strings that hold a scalar), changes and texts of them.
 */
final class RandomJson {

  private static final List<String> SCALARS =
      List.of(
          "0",
          "-1.5e3",
          "1e999999999",
          "true",
          "false",
          "null",
          "\"\"",
          "\"x\\ud83d\\n\"",
          "\"\u00e4\"");

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 4 : 2)) {
      case 0 -> SCALARS.get(random.nextInt(SCALARS.size()));
      case 1 -> Integer.toString(random.nextInt(100));
      case 2 -> list(depth);
      default -> object(depth);
    };
  }

  Map<String, Object> object(int depth) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.put(name(), value(depth - 1));
    }
    return object;
  }

  private List<Object> list(int depth) {
    var list = new ArrayList<Object>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(value(depth - 1));
    }
    return list;
  }

  private String name() {
    return "abcdefg/~ \u00e9".charAt(random.nextInt(11)) + (random.nextBoolean() ? "" : "1");
  }

  /** The same, or a bit different here and there. */
  Object changed(Object value) {
    return switch (value) {
      case Map<?, ?> object -> changedObject(object);
      case List<?> list when random.nextInt(6) == 0 -> changedList(list);
      case Object any -> random.nextInt(8) == 0 ? value(1) : any;
    };
  }

  private Map<String, Object> changedObject(Map<?, ?> object) {
    var changed = new LinkedHashMap<String, Object>();
    object.forEach((name, value) -> {
      if (random.nextInt(10) > 0) {
        changed.put((String) name, changed(value));
      }
    });
    if (random.nextInt(4) == 0) {
      changed.put(name(), value(1));
    }
    return changed;
  }

  private List<Object> changedList(List<?> list) {
    var changed = new ArrayList<Object>(list);
    if (!changed.isEmpty() && random.nextBoolean()) {
      changed.remove(random.nextInt(changed.size()));
    }
    changed.add(random.nextInt(changed.size() + 1), value(1));
    return changed;
  }

  /** Members in any order, any space between the tokens, another way to write the same scalar. */
  byte[] written(Object value) {
    var text = new StringBuilder();
    boolean compact = random.nextInt(3) == 0;
    write(value, text, compact);
    return text.toString().getBytes(UTF_8);
  }

  private void write(Object value, StringBuilder text, boolean compact) {
    space(text, compact);
    switch (value) {
      case Map<?, ?> object -> {
        var names = new ArrayList<Object>(object.keySet());
        Collections.shuffle(names, random);
        text.append('{');
        for (int i = 0; i < names.size(); i++) {
          text.append(i > 0 ? "," : "");
          space(text, compact);
          text.append('"').append(names.get(i)).append('"');
          space(text, compact);
          text.append(':');
          Object held = object.get(names.get(i));
          write(held == null ? "null" : held, text, compact);
        }
        space(text, compact);
        text.append('}');
      }
      case List<?> list -> {
        text.append('[');
        for (int i = 0; i < list.size(); i++) {
          text.append(i > 0 ? "," : "");
          write(list.get(i), text, compact);
        }
        space(text, compact);
        text.append(']');
      }
      case Object scalar -> text.append(respelled(scalar.toString()));
    }
    space(text, compact);
  }

  private String respelled(String scalar) {
    return switch (random.nextInt(4)) {
      case 0 -> scalar.replace("x", "\\u0078").replace("\u00e4", "\\u00E4");
      case 1 -> scalar.matches("[1-9][0-9]*") ? scalar + "0.0e-1" : scalar;
      default -> scalar;
    };
  }

  private void space(StringBuilder text, boolean compact) {
    if (!compact) {
      text.append(List.of("", " ", "\n  ", "\r\n\t", "\n\n").get(random.nextInt(5)));
    }
  }
}

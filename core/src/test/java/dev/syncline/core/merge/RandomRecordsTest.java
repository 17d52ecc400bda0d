package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.json.JsonMeaning;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Merges of generated records, in every form, against the rule of three in its shortest form. */
final class RandomRecordsTest {

  private static final String[] FIELDS = {"x", "y", "z"};

  /** A way to write records, and to merge them. */
  private enum Form {
    MEMBERS,
    ELEMENTS,
    ROWS;

    ByRecord policy(OnClash onClash) {
      return new ByRecord(
          switch (this) {
            case MEMBERS -> new ByRecord.Records.Members();
            case ELEMENTS -> new ByRecord.Records.Elements("id");
            case ROWS -> new ByRecord.Records.Rows("id", RowMeaning.AS_WRITTEN);
          },
          onClash);
    }
  }

  /** Fields by record; a field that is not there is empty. */
  private record Records(Map<String, Map<String, String>> byId) {}

  @Test
  void theResultIsWhatTheRuleOfThreeSays() {
    Seeds.each(
        3000,
        random -> {
          Records base = records(random);
          Records ours = changed(base, random);
          Records theirs = changed(base, random);
          for (OnClash onClash : OnClash.values()) {
            Optional<Records> expected = naive(base, ours, theirs, onClash);
            for (Form form : Form.values()) {
              Settlement settlement =
                  form.policy(onClash)
                      .merge(
                          Optional.of(written(base, form, random)),
                          written(ours, form, random),
                          written(theirs, form, random));
              switch (settlement) {
                case Settlement.Combined(byte[] contents) ->
                    assertSame(expected.orElseThrow(), contents, form);
                case Settlement.Waits(String reason) -> assertTrue(expected.isEmpty(), reason);
                case Settlement other -> throw new AssertionError(other);
              }
            }
          }
        });
  }

  @Test
  void whatTheSourceWritesAnotherWayChangesNoByte() {
    Seeds.each(
        1000,
        random -> {
          Records base = records(random);
          Records ours = changed(base, random);
          for (Form form : Form.values()) {
            byte[] mine = written(ours, form, random);
            assertArrayEquals(
                mine, merged(form, written(base, form, random), mine, written(base, form, random)));
            assertArrayEquals(mine, merged(form, mine, mine, written(ours, form, random)));
          }
        });
  }

  @Test
  void oneChangedFieldChangesOneLine() {
    Seeds.each(
        1000,
        random -> {
          Records base = records(random);
          if (base.byId().isEmpty()) {
            return;
          }
          var ids = new ArrayList<>(base.byId().keySet());
          String id = ids.get(random.nextInt(ids.size()));
          Records theirs = copy(base);
          theirs.byId().values().stream()
              .skip(ids.indexOf(id))
              .findFirst()
              .orElseThrow()
              .put("x", "changed");
          for (Form form : Form.values()) {
            if (form != Form.ROWS && field(base.byId().getOrDefault(id, Map.of()), "x").isEmpty()) {
              continue; // There, the field would be a new line.
            }
            byte[] mine = laidOut(base, form, random);
            byte[] result =
                merged(form, written(base, form, random), mine, written(theirs, form, random));
            List<String> before = new String(mine, UTF_8).lines().toList();
            List<String> after = new String(result, UTF_8).lines().toList();
            assertEquals(before.size(), after.size());
            int differ = 0;
            for (int at = 0; at < before.size(); at++) {
              differ += before.get(at).equals(after.get(at)) ? 0 : 1;
            }
            assertEquals(1, differ);
            assertEquals(feeds(mine, "\r\n"), feeds(result, "\r\n"));
          }
        });
  }

  private static byte[] merged(Form form, byte[] base, byte[] ours, byte[] theirs) {
    return assertInstanceOf(
            Settlement.Combined.class,
            form.policy(OnClash.WAIT_RECORD).merge(Optional.of(base), ours, theirs))
        .contents();
  }

  private static int feeds(byte[] text, String end) {
    return new String(text, UTF_8).split(end, -1).length;
  }

  private static Records records(Random random) {
    var byId = new LinkedHashMap<String, Map<String, String>>();
    for (int i = random.nextInt(6); i > 0; i--) {
      byId.put(id(random), fields(random));
    }
    return new Records(byId);
  }

  private static String id(Random random) {
    return "r" + random.nextInt(12);
  }

  private static Map<String, String> fields(Random random) {
    var fields = new LinkedHashMap<String, String>();
    for (String name : FIELDS) {
      fields.put(name, List.of("", "1", "a, b", "\u00e9").get(random.nextInt(4)));
    }
    return fields;
  }

  private static Records copy(Records records) {
    var byId = new LinkedHashMap<String, Map<String, String>>();
    records.byId().forEach((id, fields) -> byId.put(id, new LinkedHashMap<>(fields)));
    return new Records(byId);
  }

  private static Records changed(Records records, Random random) {
    Records changed = copy(records);
    changed.byId().values().removeIf(_ -> random.nextInt(5) == 0);
    changed
        .byId()
        .values()
        .forEach(fields -> fields.replaceAll((_, value) -> random.nextInt(4) == 0 ? "2" : value));
    if (random.nextInt(3) == 0) {
      changed.byId().putIfAbsent(id(random), fields(random));
    }
    return changed;
  }

  /** Empty if something waits. */
  private static Optional<Records> naive(
      Records base, Records ours, Records theirs, OnClash onClash) {
    var ids = new LinkedHashSet<>(ours.byId().keySet());
    ids.addAll(theirs.byId().keySet());
    var merged = new LinkedHashMap<String, Map<String, String>>();
    for (String id : ids) {
      Optional<Map<String, String>> b = Optional.ofNullable(base.byId().get(id));
      Optional<Map<String, String>> o = Optional.ofNullable(ours.byId().get(id));
      Optional<Map<String, String>> t = Optional.ofNullable(theirs.byId().get(id));
      Optional<Optional<Map<String, String>>> whole = ThreeWay.oneSided(b, o, t);
      if (whole.isPresent()) {
        whole.get().ifPresent(record -> merged.put(id, record));
      } else if (onClash == OnClash.WAIT_RECORD) {
        return Optional.empty();
      } else if (o.isEmpty() || t.isEmpty()) {
        if (onClash == OnClash.WAIT_FIELD) {
          return Optional.empty();
        }
        (onClash == OnClash.OURS ? o : t).ifPresent(record -> merged.put(id, record));
      } else {
        var record = new LinkedHashMap<String, String>();
        for (String field : FIELDS) {
          String mine = field(o.get(), field);
          String its = field(t.get(), field);
          Optional<String> one =
              ThreeWay.oneSided(b.map(it -> field(it, field)).orElse(""), mine, its);
          if (one.isEmpty() && onClash == OnClash.WAIT_FIELD) {
            return Optional.empty();
          }
          record.put(field, one.orElse(onClash == OnClash.OURS ? mine : its));
        }
        merged.put(id, record);
      }
    }
    return Optional.of(new Records(merged));
  }

  private static void assertSame(Records expected, byte[] actual, Form form) {
    byte[] plain = written(expected, form, new Random(0));
    switch (form) {
      case ROWS -> assertEquals(rows(plain), rows(actual));
      case ELEMENTS -> assertEquals(elements(plain), elements(actual));
      case MEMBERS -> assertEquals(JsonMeaning.of(root(plain)), JsonMeaning.of(root(actual)));
    }
  }

  private static List<String> rows(byte[] csv) {
    return new String(csv, UTF_8).lines().sorted().toList();
  }

  private static JsonNode root(byte[] json) {
    return assertInstanceOf(JsonReading.Read.class, JsonReader.read(json)).document().root();
  }

  private static List<String> elements(byte[] json) {
    return root(json).slots().stream().map(slot -> JsonMeaning.of(slot.node())).sorted().toList();
  }

  /** In any order, any layout; a field that is empty is not there. */
  private static byte[] written(Records records, Form form, Random random) {
    return text(records, form, random, random.nextInt(2) == 0 ? "" : "\n  ");
  }

  private static byte[] laidOut(Records records, Form form, Random random) {
    return text(records, form, random, List.of("\n    ", "\r\n\t").get(random.nextInt(2)));
  }

  private static byte[] text(Records records, Form form, Random random, String line) {
    var ids = new ArrayList<>(records.byId().keySet());
    Collections.shuffle(ids, random);
    var text = new StringBuilder();
    for (String id : ids) {
      Map<String, String> fields = records.byId().getOrDefault(id, Map.of());
      if (form == Form.ROWS) {
        text.append(id);
        fields
            .values()
            .forEach(
                value -> text.append(',').append(value.contains(",") ? '"' + value + '"' : value));
        text.append('\n');
        continue;
      }
      text.append(text.isEmpty() ? "" : ",").append(line);
      text.append(form == Form.MEMBERS ? quoted(id) + ":{" : "{" + line + "\"id\":" + quoted(id));
      String separator = form == Form.MEMBERS ? "" : ",";
      for (String name : FIELDS) {
        String value = fields.getOrDefault(name, "");
        if (!value.isEmpty()) {
          text.append(separator)
              .append(line)
              .append(quoted(name))
              .append(':')
              .append(quoted(value));
          separator = ",";
        }
      }
      text.append(line).append('}');
    }
    String whole =
        switch (form) {
          case ROWS -> "id,x,y,z\n" + text;
          case MEMBERS -> "{" + text + line + "}";
          case ELEMENTS -> "[" + text + line + "]";
        };
    return whole.getBytes(UTF_8);
  }

  private static String field(Map<String, String> record, String name) {
    return record.getOrDefault(name, "");
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}

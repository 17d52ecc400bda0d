package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.json.JsonDocument;
import dev.syncline.core.json.JsonMeaning;
import dev.syncline.core.json.JsonNode;
import dev.syncline.core.json.JsonReader;
import dev.syncline.core.json.JsonReading;
import dev.syncline.core.merge.JsonOutcome.Clash;
import dev.syncline.core.merge.JsonOutcome.Clean;
import dev.syncline.core.merge.JsonOutcome.NotJson;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for merges of JSON whatever the documents are. */
final class RandomJsonTest {

  private static final JsonUnion BY_VALUE = JsonUnion.byValue();
  private static final JsonUnion BY_MEMBER = JsonUnion.byMember("a");

  @Test
  void whatIsReadAndWrittenAgainIsTheSame() {
    Seeds.each(
        1000,
        random -> {
          var json = new RandomJson(random);
          byte[] written = json.written(json.value(4));
          JsonDocument document = read(written);
          assertEquals(
              new String(written, UTF_8),
              JsonWriter.write(takenApart(document.root()), document, document));
        });
  }

  @Test
  void unchangedSideGivesWayHoweverItIsWritten() {
    Seeds.each(
        1000,
        random -> {
          var json = new RandomJson(random);
          Object base = json.value(4);
          Object changed = json.changed(base);
          byte[] b = json.written(base);
          byte[] bAgain = json.written(base);
          byte[] c = json.written(changed);
          byte[] cAgain = json.written(changed);
          if (Arrays.equals(b, c)) {
            return; // Then it is ours that did nothing.
          }
          assertArrayEquals(c, clean(merge(b, c, bAgain)));
          assertArrayEquals(c, clean(merge(b, c, cAgain)));
          assertMeansTheSame(c, clean(merge(b, bAgain, c)));
          assertArrayEquals(c, clean(BY_VALUE.merge(Optional.of(b), c, b)));
          assertArrayEquals(c, clean(BY_VALUE.merge(Optional.of(b), b, c)));
          assertArrayEquals(c, clean(BY_VALUE.merge(Optional.of(b), c, cAgain)));
        });
  }

  @Test
  void sidesMayBeSwapped() {
    Seeds.each(
        2000,
        random -> {
          var json = new RandomJson(random);
          Object base = json.value(4);
          byte[] b = json.written(base);
          byte[] o = json.written(json.changed(base));
          byte[] t = json.written(json.changed(base));
          switch (merge(b, o, t)) {
            case Clean(byte[] contents) -> assertMeansTheSame(contents, clean(merge(b, t, o)));
            case Clash(var paths) ->
                assertEquals(new HashSet<>(paths), new HashSet<>(((Clash) merge(b, t, o)).paths()));
            case NotJson refused -> throw new AssertionError(refused);
          }
        });
  }

  /** Each field against the rule in its shortest form. */
  @Test
  void everyFieldFollowsTheRuleOfThree() {
    Seeds.each(
        2000,
        random -> {
          Map<String, Object> base = fields(random);
          Map<String, Object> ours = fields(random);
          Map<String, Object> theirs = fields(random);
          var names = new HashSet<>(base.keySet());
          names.addAll(ours.keySet());
          names.addAll(theirs.keySet());
          var expected = new LinkedHashMap<String, Object>();
          var clashes = new HashSet<String>();
          for (String name : names) {
            Optional<Object> b = Optional.ofNullable(base.get(name));
            Optional<Object> o = Optional.ofNullable(ours.get(name));
            Optional<Object> t = Optional.ofNullable(theirs.get(name));
            ThreeWay.oneSided(b, o, t)
                .ifPresentOrElse(
                    merged -> merged.ifPresent(value -> expected.put(name, value)),
                    () -> clashes.add("/" + name));
          }
          var json = new RandomJson(random);
          switch (merge(json.written(base), json.written(ours), json.written(theirs))) {
            case Clean(byte[] contents) -> {
              assertTrue(clashes.isEmpty(), clashes::toString);
              assertMeansTheSame(json.written(expected), contents);
            }
            case Clash(var paths) -> assertEquals(clashes, new HashSet<>(paths));
            case NotJson refused -> throw new AssertionError(refused);
          }
        });
  }

  @Test
  void cleanUnionIsJson() {
    Seeds.each(
        2000,
        random -> {
          var json = new RandomJson(random);
          Object base = json.value(4);
          byte[] o = json.written(json.changed(base));
          byte[] t = json.written(json.changed(base));
          var b =
              random.nextInt(5) == 0 ? Optional.<byte[]>empty() : Optional.of(json.written(base));
          for (JsonUnion union : new JsonUnion[] {BY_VALUE, BY_MEMBER}) {
            if (union.merge(b, o, t) instanceof Clean(byte[] contents)) {
              assertInstanceOf(JsonReading.Read.class, JsonReader.read(contents));
            }
          }
        });
  }

  @Test
  void damagedDocumentsAreMergedOrRefused() {
    Seeds.each(
        3000,
        random -> {
          var json = new RandomJson(random);
          Object base = json.value(4);
          byte[] b = damaged(json.written(base), random);
          byte[] o = damaged(json.written(json.changed(base)), random);
          byte[] t = damaged(json.written(json.changed(base)), random);
          assertNotNull(merge(b, o, t));
          assertNotNull(BY_VALUE.merge(Optional.of(b), o, t));
          assertNotNull(BY_MEMBER.merge(Optional.empty(), o, t));
          byte[] any = new byte[random.nextInt(20)];
          random.nextBytes(any);
          assertNotNull(merge(any, o, t));
        });
  }

  private static Map<String, Object> fields(Random random) {
    var fields = new LinkedHashMap<String, Object>();
    for (String name : new String[] {"a", "b", "c", "d"}) {
      if (random.nextInt(3) > 0) {
        fields.put(name, Integer.toString(random.nextInt(3)));
      }
    }
    return fields;
  }

  private static byte[] damaged(byte[] json, Random random) {
    byte[] damaged = json.clone();
    for (int i = random.nextInt(3); i > 0; i--) {
      damaged[random.nextInt(damaged.length)] =
          (byte) "{}[],:\"\\ u0e-.1\n\u0000\u00ff".charAt(random.nextInt(18));
    }
    return damaged;
  }

  /** The same document as if each container had been merged. */
  private static JsonPart takenApart(JsonNode node) {
    if (!node.isContainer()) {
      return new JsonPart.Ours(node);
    }
    return new JsonPart.Merged(
        node,
        node.slots().stream()
            .map(slot -> new JsonPart.Item(slot, takenApart(slot.node())))
            .toList());
  }

  private static JsonOutcome merge(byte[] base, byte[] ours, byte[] theirs) {
    return JsonMerge.merge(Optional.of(base), ours, theirs);
  }

  private static byte[] clean(JsonOutcome outcome) {
    return assertInstanceOf(Clean.class, outcome, outcome::toString).contents();
  }

  private static void assertMeansTheSame(byte[] expected, byte[] actual) {
    assertTrue(
        JsonMeaning.same(read(expected).root(), read(actual).root()),
        () -> new String(expected, UTF_8) + "\n<>\n" + new String(actual, UTF_8));
  }

  private static JsonDocument read(byte[] json) {
    JsonReading reading = Objects.requireNonNull(JsonReader.read(json));
    return assertInstanceOf(JsonReading.Read.class, reading, reading::toString).document();
  }
}

package dev.syncline.server.cli.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.records.Differences;
import dev.syncline.core.records.FieldChange;
import dev.syncline.core.records.RecordChange;
import dev.syncline.core.records.RecordComparison;
import dev.syncline.core.records.RecordForm;
import dev.syncline.core.records.RecordRules;
import dev.syncline.core.records.RecordSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What differs is what differs between the trees that Jackson reads; and a target to which the
 * changes are made is the source. {@code -Dsyncline.full=true} tries more, {@code
 * -Dsyncline.seed=N} one again.
 */
final class RandomRecordsTest {

  private static final int TRIES = Boolean.getBoolean("syncline.full") ? 100_000 : 2_000;

  private static final JsonMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  @Test
  void whatDiffersIsWhatDiffersBetweenTrees() {
    Long only = Long.getLong("syncline.seed");
    for (long seed = only == null ? 0 : only; seed < (only == null ? TRIES : only + 1); seed++) {
      try {
        compare(new RandomRecords(new Random(seed)), new Random(seed + 1));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": -Dsyncline.seed=" + seed, e);
      }
    }
  }

  private static void compare(RandomRecords made, Random random) {
    ObjectNode records = made.records(random.nextInt(12));
    String target = made.written(records);
    String source = made.written(made.changed(records));
    Differences differences =
        RecordComparison.of(set(source), set(target), RecordRules.NONE).differences(1000);
    var old = (ObjectNode) EXACT.readTree(target);
    var current = (ObjectNode) EXACT.readTree(source);
    assertEquals(only(current, old), differences.added());
    assertEquals(only(old, current), differences.removed());
    List<String> both = common(current, old);
    assertEquals(
        both.stream().filter(key -> !same(current.path(key), old.path(key))).toList(),
        differences.modified().stream().map(RecordChange::key).toList());
    assertEquals(!both.equals(common(old, current)), differences.reordered());
    for (RecordChange change : differences.modified()) {
      // Wrapped, since a record may be no object.
      ObjectNode wrapped = EXACT.createObjectNode();
      wrapped.set("", old.path(change.key()));
      change.fields().forEach(field -> make(field, wrapped));
      assertTrue(
          same(wrapped.path(""), current.path(change.key())),
          () -> change + "\n" + old.path(change.key()) + "\n" + current.path(change.key()));
    }
  }

  /** Makes one change, after a look at whether the old value is there. */
  private static void make(FieldChange change, ObjectNode wrapped) {
    JsonPointer path = JsonPointer.compile("/" + change.path());
    JsonNode before = wrapped.at(path);
    assertEquals(change.old().isEmpty(), before.isMissingNode(), change.toString());
    change.old().ifPresent(old -> assertTrue(same(EXACT.readTree(old), before)));
    Optional<JsonNode> after = change.current().map(EXACT::readTree);
    JsonNode container = wrapped.at(path.head());
    if (container instanceof ArrayNode array) {
      array.set(path.last().getMatchingIndex(), after.orElseThrow());
    } else {
      var object = (ObjectNode) container;
      String name = path.last().getMatchingProperty();
      after.ifPresentOrElse(value -> object.set(name, value), () -> object.remove(name));
    }
  }

  private static boolean same(JsonNode left, JsonNode right) {
    return left.equals(NUMBERS, right);
  }

  private static final Comparator<JsonNode> NUMBERS =
      (left, right) ->
          left.isNumber() && right.isNumber()
              ? left.decimalValue().compareTo(right.decimalValue())
              : left.equals(right) ? 0 : 1;

  private static List<String> only(ObjectNode in, ObjectNode notIn) {
    var only = new ArrayList<>(in.propertyNames());
    only.removeAll(notIn.propertyNames());
    return only;
  }

  private static List<String> common(ObjectNode inOrder, ObjectNode other) {
    return inOrder.propertyNames().stream().filter(other::has).toList();
  }

  private static RecordSet set(String text) {
    return RecordSet.of(
        "records.json", text.getBytes(UTF_8), new RecordForm.Json(Optional.empty()));
  }
}

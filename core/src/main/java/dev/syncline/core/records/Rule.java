package dev.syncline.core.records;

import java.util.HashMap;
import java.util.Map;

/** What the rules say about one field, and about those inside it. Immutable once made. */
final class Rule {

  private static final Rule NONE = new Rule();

  private final Map<String, Rule> inside = new HashMap<>();
  private long[] names = {};
  private Rule[] rules = {};
  private boolean ignored;
  private boolean unordered;

  private Rule() {}

  /** The rule for whole records. */
  static Rule of(RecordRules rules) {
    var root = new Rule();
    rules.ignored().forEach(field -> root.at(field).ignored = true);
    rules.unordered().forEach(field -> root.at(field).unordered = true);
    root.settle();
    return root;
  }

  boolean isIgnored() {
    return ignored;
  }

  boolean isUnordered() {
    return unordered;
  }

  /** Whether nothing inside is treated specially. */
  boolean isPlain() {
    return !unordered && names.length == 0;
  }

  Rule inside(String name) {
    return isPlain() ? this : inside(Meaning.textOne(name));
  }

  /**
   * The rule for a field inside.
   *
   * @param name its name's {@link Meaning#textOne}
   */
  Rule inside(long name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i] == name) {
        return rules[i];
      }
    }
    return NONE;
  }

  private Rule at(String field) {
    if (!field.startsWith("/")) {
      return step(field);
    }
    Rule rule = this;
    for (String step : field.substring(1).split("/", -1)) {
      rule = rule.step(step.replace("~1", "/").replace("~0", "~"));
    }
    return rule;
  }

  private Rule step(String name) {
    return inside.computeIfAbsent(name, _ -> new Rule());
  }

  private void settle() {
    names = inside.keySet().stream().mapToLong(Meaning::textOne).toArray();
    rules = inside.values().toArray(Rule[]::new);
    inside.values().forEach(Rule::settle);
  }
}

package dev.syncline.core.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;

/** Compares texts, for tests. */
record Compared(Optional<String> id, RecordRules rules) {

  static final Compared PLAIN = new Compared(Optional.empty(), RecordRules.NONE);

  static Compared by(String id) {
    return new Compared(Optional.of(id), RecordRules.NONE);
  }

  Compared ignoring(String... fields) {
    return new Compared(id, new RecordRules(Set.of(fields), rules.unordered()));
  }

  Compared unordered(String... fields) {
    return new Compared(id, new RecordRules(rules.ignored(), Set.of(fields)));
  }

  Differences json(String source, String target) {
    return files("source.json", source, "target.json", target);
  }

  Differences csv(String source, String target) {
    return files("source.csv", source, "target.csv", target);
  }

  Differences files(String sourceName, String source, String targetName, String target) {
    return RecordComparison.of(set(sourceName, source), set(targetName, target), rules)
        .differences(Integer.MAX_VALUE);
  }

  private RecordSet set(String name, String text) {
    return RecordSet.of(name, text.getBytes(UTF_8), RecordForm.ofFile(name, id));
  }
}

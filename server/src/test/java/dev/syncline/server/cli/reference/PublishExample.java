package dev.syncline.server.cli.reference;

import dev.syncline.core.records.Differences;
import dev.syncline.core.records.FieldChange;
import dev.syncline.core.records.RecordChange;
import dev.syncline.core.records.RecordComparison;
import dev.syncline.core.records.RecordForm;
import dev.syncline.core.records.RecordRules;
import dev.syncline.core.records.RecordSet;
import java.util.Optional;
import java.util.Set;

/** Compares a category with its copy, and makes a text of what differs, to publish it somewhere. */
final class PublishExample {

  private PublishExample() {}

  static String report(byte[] canonical, byte[] copy) {
    var form = new RecordForm.Json(Optional.of("name"));
    RecordSet source = RecordSet.of("canonical.json", canonical, form);
    RecordSet target = RecordSet.of("copy.json", copy, form);
    var rules = new RecordRules(Set.of("updated_at"), Set.of("tags"));

    Differences differences = RecordComparison.of(source, target, rules).differences(100);
    if (differences.counts().total() == 0) {
      return "Nothing to do.\n";
    }
    var report = new StringBuilder();
    differences.added().forEach(key -> report.append("+ ").append(key).append('\n'));
    differences.removed().forEach(key -> report.append("- ").append(key).append('\n'));
    for (RecordChange change : differences.modified()) {
      for (FieldChange field : change.fields()) {
        report.append(
            "~ %s%s: %s → %s\n"
                .formatted(
                    change.key(),
                    field.path(),
                    field.old().orElse("missing"),
                    field.current().orElse("missing")));
      }
    }
    if (differences.omitted() > 0) {
      report.append("… and ").append(differences.omitted()).append(" more\n");
    }
    return report.toString();
  }
}

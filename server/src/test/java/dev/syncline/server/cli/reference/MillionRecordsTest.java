package dev.syncline.server.cli.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.syncline.core.records.Differences;
import dev.syncline.core.records.RecordChange;
import dev.syncline.core.records.RecordComparison;
import dev.syncline.core.records.RecordRules;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large sets, of which a hundredth has changed; a million records with {@code
 * -Dsyncline.full=true}.
 */
final class MillionRecordsTest {

  private static final int COUNT = Boolean.getBoolean("syncline.full") ? 1_000_000 : 20_000;
  private static final int PART = 300;

  @TempDir Path folder;

  @Test
  void aHundredthIsFoundAmongAll() throws IOException {
    write("source.json", 1, COUNT + COUNT / PART, "\n    ");
    write("target.json", 0, COUNT, "\r\n\t");
    try (Place source = Place.open("source.json", folder, Optional.empty());
        Place target = Place.open("target.json", folder, Optional.empty())) {
      Category all = Category.of(source, target, Optional.empty()).getFirst();
      RecordComparison comparison =
          RecordComparison.of(all.source(), all.target(), RecordRules.NONE);
      assertEquals(new Differences.Counts(COUNT / PART, 1, changed()), comparison.counts());
      assertFalse(comparison.reordered());
      var keys = new ArrayList<String>();
      comparison.modified(2, change -> keys.add(name(change)));
      assertEquals("[model-300 [/size], model-600 [/size]]", keys.toString());
    }
  }

  private static int changed() {
    return (COUNT - 1) / PART;
  }

  private static String name(RecordChange change) {
    return change.key() + " " + change.fields().stream().map(field -> field.path()).toList();
  }

  /** Those from {@code first} on; every {@value #PART}th of the source has another size. */
  private void write(String name, int first, int end, String line) throws IOException {
    boolean source = first == 1;
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(name))) {
      out.write('{');
      for (int i = first; i < end; i++) {
        boolean differs = source && i % PART == 0;
        out.write(i == first ? "" : ",");
        out.write(
            "%1$s\"model-%2$d\": {%1$s\"name\": \"model-%2$d\",%1$s\"size\": %3$s,%1$s\"about\": \"%4$s\"%1$s}"
                .formatted(line, i, differs ? "-" + i : i + ".0", "text ".repeat(60)));
      }
      out.write("\n}\n");
    }
  }
}

package dev.syncline.core.records;

import dev.syncline.core.records.Differences.Counts;
import dev.syncline.core.records.Records.Found;
import dev.syncline.core.records.Records.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares two sets of records: the source, which is right, and the target, which is to become the
 * same. Numbers are compared by value and exactly, texts by their characters; space, escapes and
 * the order of fields say nothing; the order of a list does; a field that is missing is not null.
 *
 * <p>Each set is read once, from front to back, and then only the records that differ, each when it
 * is asked for: 70 bytes are held for each record, whatever its size. Two records are taken for the
 * same if 128 bits of hash are, which only somebody who wants to can bring about. Confined to one
 * thread.
 */
public final class RecordComparison {

  private static final int MOST_PROBLEMS = 100;

  private final RecordIndex index = new RecordIndex();
  private final List<RecordProblem> problems = new ArrayList<>();
  private final Rule rule;
  private final Records source;
  private final Records target;
  private final Counts counts;
  private final boolean reordered;
  private int problemCount;

  private RecordComparison(RecordSet source, RecordSet target, RecordRules rules) {
    rule = Rule.of(rules);
    this.source = Records.of(source, rule);
    this.target = Records.of(target, rule);
    this.target.each(found -> note(target, this.target, found, index.addTarget(found)));
    this.source.each(found -> note(source, this.source, found, index.addSource(found)));
    counts =
        new Counts(
            (int) index.added().count(),
            (int) index.removed().count(),
            (int) index.modified().count());
    reordered = index.isReordered();
  }

  /**
   * Reads both sets and compares them.
   *
   * @throws dev.syncline.core.model.SyncException.Invalid if one is not written as it must: names
   *     the set, the line, the column and what is wrong
   * @throws dev.syncline.core.model.SyncException.Unavailable if one can't be read
   */
  public static RecordComparison of(RecordSet source, RecordSet target, RecordRules rules) {
    return new RecordComparison(source, target, rules);
  }

  public Counts counts() {
    return counts;
  }

  /** Whether records that both sets have stand in another order. */
  public boolean reordered() {
    return reordered;
  }

  /** What is odd about the sets: the first hundred. */
  public List<RecordProblem> problems() {
    return List.copyOf(problems);
  }

  /** How many problems there are in all. */
  public int problemCount() {
    return problemCount;
  }

  /**
   * Hands over the keys that only the source has, in its order.
   *
   * @param most how many at most
   */
  public void added(int most, Consumer<String> each) {
    index.added().limit(most).forEach(entry -> each.accept(sourceAt(entry).key()));
  }

  /**
   * Hands over the keys that only the target has, in its order.
   *
   * @param most how many at most
   */
  public void removed(int most, Consumer<String> each) {
    index.removed().limit(most).forEach(entry -> each.accept(targetAt(entry).key()));
  }

  /**
   * Hands over the records that both have with other values, in the order of the source.
   *
   * @param most how many at most
   */
  public void modified(int most, Consumer<RecordChange> each) {
    index
        .modified()
        .limit(most)
        .forEach(entry -> {
          Written current = sourceAt(entry);
          Written old = targetAt(entry);
          each.accept(
              new RecordChange(
                  current.key(), FieldDiff.between(old.value(), current.value(), rule)));
        });
  }

  /**
   * Takes what differs into memory.
   *
   * @param most how many of the added, of the removed, and of the modified records
   */
  public Differences differences(int most) {
    var added = new ArrayList<String>();
    var removed = new ArrayList<String>();
    var modified = new ArrayList<RecordChange>();
    added(most, added::add);
    removed(most, removed::add);
    modified(most, modified::add);
    return new Differences(added, removed, modified, reordered, counts, problems);
  }

  /**
   * Hands over each difference as text, all of them and with all that the source has there: who
   * hears the same texts twice has the same differences, whatever else is in the sets.
   */
  public void texts(Consumer<String> each) {
    index
        .added()
        .forEach(entry -> {
          Written record = sourceAt(entry);
          each.accept("+" + record.key());
          each.accept(record.value().text());
        });
    removed(Integer.MAX_VALUE, key -> each.accept("-" + key));
    modified(
        Integer.MAX_VALUE,
        change -> {
          each.accept("=" + change.key());
          for (FieldChange field : change.fields()) {
            each.accept(field.path());
            each.accept(field.old().map(json -> "." + json).orElse(""));
            each.accept(field.current().map(json -> "." + json).orElse(""));
          }
        });
    if (reordered) {
      each.accept("order");
    }
  }

  private void note(RecordSet set, Records records, Found found, boolean isNew) {
    if (!isNew) {
      problem(set, RecordProblem.Kind.REPEATED_KEY, records, found);
    }
    if (found.repeats()) {
      problem(set, RecordProblem.Kind.REPEATED_FIELD, records, found);
    }
  }

  private void problem(RecordSet set, RecordProblem.Kind kind, Records records, Found found) {
    problemCount++;
    if (problems.size() < MOST_PROBLEMS) {
      String key = records.at(found.offset(), found.length()).key();
      problems.add(new RecordProblem(set.name(), kind, key));
    }
  }

  private Written sourceAt(int entry) {
    return source.at(index.source(entry), index.sourceLength(entry));
  }

  private Written targetAt(int entry) {
    return target.at(index.target(entry), index.targetLength(entry));
  }
}

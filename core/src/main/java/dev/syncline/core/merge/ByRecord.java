package dev.syncline.core.merge;

import java.util.Optional;

/**
 * Merges files of records by record and field: what only one side changed is taken. The result is
 * the ledger's file with as little of its text changed as can be, even where only the endpoint
 * changed something. Without a base, what only one side has is kept.
 *
 * @param records how the file holds them
 * @param onClash what is done where both sides changed the same
 */
public record ByRecord(Records records, OnClash onClash) implements MergePolicy {

  /** How a file holds its records. */
  public sealed interface Records {

    /** A JSON object: each member is one, by its name. */
    record Members() implements Records {}

    /**
     * A JSON array of objects.
     *
     * @param field what tells them apart
     */
    record Elements(String field) implements Records {}

    /**
     * The rows of a CSV file, below a row with the names of its columns.
     *
     * @param column what tells them apart
     * @param meaning what its cells mean
     */
    record Rows(String column, RowMeaning meaning) implements Records {}
  }

  @Override
  public Settlement settle(Dispute dispute) {
    return Contested.of(dispute)
        .orElseGet(() -> merge(dispute.base(), dispute.ours(), dispute.theirs()));
  }

  /**
   * Merges contents.
   *
   * @param base empty if there was no file
   */
  public Settlement merge(Optional<byte[]> base, byte[] ours, byte[] theirs) {
    return switch (records) {
      case Records.Members _ -> json(Optional.empty(), base, ours, theirs);
      case Records.Elements(String field) -> json(Optional.of(field), base, ours, theirs);
      case Records.Rows rows -> CsvMerge.merge(rows, onClash, base, ours, theirs);
    };
  }

  private Settlement json(
      Optional<String> field, Optional<byte[]> base, byte[] ours, byte[] theirs) {
    return switch (JsonThreeWay.merge(base, ours, theirs, new RecordArrays(field), onClash)) {
      case JsonOutcome.Clean(byte[] contents) -> new Settlement.Combined(contents);
      case JsonOutcome.Clash clash -> new Settlement.Waits(clash.sentence());
      case JsonOutcome.NotJson(String reason) ->
          new Settlement.Waits("it can't be merged by record: " + reason);
    };
  }
}

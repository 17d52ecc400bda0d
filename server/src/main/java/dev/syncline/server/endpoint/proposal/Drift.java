package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.records.Differences;
import dev.syncline.core.records.RecordComparison;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What the ledger has beyond a branch: by file, what is proposed.
 *
 * @param files in the order of paths
 */
record Drift(SortedMap<FilePath, FileDrift> files) {

  /** How one file differs. */
  sealed interface FileDrift {

    /**
     * By record and field.
     *
     * @param counts how many records
     * @param fingerprint of all that differs
     */
    record Records(Differences.Counts counts, String fingerprint) implements FileDrift {}

    /**
     * As a whole: it holds no records, or only one side has it.
     *
     * @param what in a few words
     * @param contents tells one such change from another
     */
    record Whole(String what, String contents) implements FileDrift {}
  }

  Drift {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /** How many records differ; a file that differs as a whole counts as one. */
  int count() {
    return files.values().stream().mapToInt(Drift::count).sum();
  }

  static int count(FileDrift drift) {
    return switch (drift) {
      case FileDrift.Records(Differences.Counts counts, String _) -> Math.max(1, counts.total());
      case FileDrift.Whole _ -> 1;
    };
  }

  /** A sum over all files. */
  int sum(ToIntFunction<Differences.Counts> part) {
    return files.values().stream()
        .mapToInt(drift ->
            drift instanceof FileDrift.Records(Differences.Counts counts, String _)
                ? part.applyAsInt(counts)
                : 0)
        .sum();
  }

  /**
   * One short text for the same differences, whatever else is in the files: so that what people
   * declined is known again.
   */
  String fingerprint() {
    MessageDigest hash = sha256();
    files.forEach((path, drift) -> {
      add(hash, path.value());
      switch (drift) {
        case FileDrift.Whole(String what, String contents) -> {
          add(hash, what);
          add(hash, contents);
        }
        case FileDrift.Records(Differences.Counts _, String fingerprint) -> add(hash, fingerprint);
      }
    });
    return text(hash);
  }

  /** The fingerprint of all that differs between two sets of records. */
  static String fingerprint(RecordComparison comparison) {
    MessageDigest hash = sha256();
    comparison.texts(text -> add(hash, text));
    return text(hash);
  }

  /** The fingerprint of some files' contents. */
  static String fingerprint(Map<FilePath, String> contents) {
    MessageDigest hash = sha256();
    new TreeMap<>(contents)
        .forEach((path, content) -> {
          add(hash, path.value());
          add(hash, content);
        });
    return text(hash);
  }

  /** With its length in front, so that no two lists of texts are the same bytes. */
  private static void add(MessageDigest hash, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16BE);
    hash.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    hash.update(bytes);
  }

  private static String text(MessageDigest hash) {
    return HexFormat.of().formatHex(hash.digest()).substring(0, 32);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

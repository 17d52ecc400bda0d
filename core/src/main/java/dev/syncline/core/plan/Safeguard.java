package dev.syncline.core.plan;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Holds a plan that would delete or empty so much that a person should look first.
 *
 * @param files more than so many files …
 * @param share … that are more than this part of all, from 0 to 1
 */
public record Safeguard(int files, double share) {

  /** More than 25 files and more than a tenth of all. */
  public static final Safeguard USUAL = new Safeguard(25, 0.1);

  /** Below this part of its size, a file counts as emptied. */
  private static final double EMPTIED = 0.1;

  /** Files of fewer bytes may shrink as they like. */
  private static final long SMALL = 1024;

  public Safeguard {
    if (files < 0 || share < 0 || share > 1) {
      throw new IllegalArgumentException(
          "a safeguard of " + files + " files and a part of " + share);
    }
  }

  /** The plan, held if it has to be. */
  Plan check(Proposal proposal, Situation situation) {
    // What a merge made is nowhere yet but in the proposal.
    ToLongFunction<FileVersion> size =
        version -> {
          byte[] fresh = proposal.fresh().get(version.content());
          return fresh == null ? situation.around().size(version) : fresh.length;
        };
    return alarm(proposal.toLedger(), situation, size, "in the ledger")
        .or(() -> alarm(proposal.toEndpoint(), situation, size, "at the endpoint"))
        .or(() -> situation.alarm().map(reason -> new Alarm(reason, reason)))
        .<Plan>map(alarm -> new Plan.Hold(proposal, alarm.reason(), fingerprint(alarm.about())))
        .orElseGet(() -> new Plan.Proceed(proposal));
  }

  /** What is wrong, and what it is about. */
  private record Alarm(String reason, String about) {}

  private Optional<Alarm> alarm(
      Changes changes, Situation situation, ToLongFunction<FileVersion> size, String where) {
    SortedMap<FilePath, ContentId> lost = lost(changes, situation, size);
    String about = lost.toString();
    boolean all = lost.size() > 1 && lost.size() >= situation.files();
    if (all) {
      return Optional.of(
          new Alarm("all " + lost.size() + " files would be deleted " + where, about));
    }
    boolean many = lost.size() > files && lost.size() > share * situation.files();
    return many
        ? Optional.of(
            new Alarm(
                lost.size()
                    + " of "
                    + situation.files()
                    + " files would be deleted or emptied "
                    + where,
                about))
        : Optional.empty();
  }

  /** What would be gone, in the ledger's paths: a file that only moved is not. */
  private static SortedMap<FilePath, ContentId> lost(
      Changes changes, Situation situation, ToLongFunction<FileVersion> size) {
    boolean removes =
        changes.byPath().values().stream().anyMatch(FileChange.Removed.class::isInstance);
    Set<ContentId> kept = removes ? contentsAfter(changes) : Set.of();
    var lost = new TreeMap<FilePath, ContentId>();
    changes
        .byPath()
        .forEach((path, change) -> {
          boolean gone =
              switch (change) {
                case FileChange.Added ignored -> false;
                case FileChange.Removed(FileVersion version) -> !kept.contains(version.content());
                case FileChange.Modified(FileVersion from, FileVersion to) ->
                    isEmptied(from, to, size);
              };
          if (gone) {
            lost.put(situation.around().inLedger(path), change.before().orElseThrow().content());
          }
        });
    return lost;
  }

  private static Set<ContentId> contentsAfter(Changes changes) {
    return changes.byPath().values().stream()
        .map(FileChange::after)
        .flatMap(Optional::stream)
        .map(FileVersion::content)
        .collect(Collectors.toSet());
  }

  private static boolean isEmptied(
      FileVersion from, FileVersion to, ToLongFunction<FileVersion> size) {
    if (!from.mode().isFile() || !to.mode().isFile()) {
      return false;
    }
    long before = size.applyAsLong(from);
    return before >= SMALL && size.applyAsLong(to) < before * EMPTIED;
  }

  private static String fingerprint(String about) {
    return ContentId.ofContents(about.getBytes(StandardCharsets.UTF_16BE)).toString();
  }
}

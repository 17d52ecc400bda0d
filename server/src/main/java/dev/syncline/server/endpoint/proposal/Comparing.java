package dev.syncline.server.endpoint.proposal;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.core.records.RecordComparison;
import dev.syncline.core.records.RecordRules;
import dev.syncline.core.records.RecordSet;
import dev.syncline.server.endpoint.proposal.Drift.FileDrift;
import dev.syncline.server.endpoint.proposal.ProposalEndpoint.Source;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How files differ by record, one at a time, so that no more than two versions are in memory.
 *
 * @param source what the source said last
 */
record Comparing(ProposalSettings settings, Source source, Contents contents) {

  Drift drift(Changes changes) {
    SortedMap<FilePath, FileDrift> files = new TreeMap<>();
    changes.byPath().forEach((path, change) -> files.put(path, drift(path, change)));
    return new Drift(files);
  }

  private FileDrift drift(FilePath path, FileChange change) {
    if (change.before().isEmpty() || change.after().isEmpty()) {
      return new FileDrift.Whole(
          change.after().isPresent() ? "a new file" : "deleted", change.toString());
    }
    return changed(path, change)
        .<FileDrift>map(it -> new FileDrift.Records(it.counts(), Drift.fingerprint(it)))
        .orElseGet(() -> new FileDrift.Whole("another text", change.toString()));
  }

  /** What a change would bring; empty if a version is missing or holds no records. */
  Optional<RecordComparison> changed(FilePath path, FileChange change) {
    return change.before().isEmpty() || change.after().isEmpty()
        ? Optional.empty()
        : compared(path, change.after().get(), change.before().get());
  }

  /** How the proposed file differs from what the source says: what people edited, and is kept. */
  Optional<RecordComparison> kept(FilePath path, FileChange change) {
    Optional<ContentId> said = source.lastSaid(path);
    if (said.isEmpty() || change.after().isEmpty()) {
      return Optional.empty();
    }
    FileVersion after = change.after().get();
    return compared(path, after.withContent(said.get()), after)
        .filter(comparison -> comparison.counts().total() > 0 || comparison.reordered());
  }

  private Optional<RecordComparison> compared(
      FilePath path, FileVersion source, FileVersion target) {
    try {
      return Optional.of(
          RecordComparison.of(
              set("source", path, source), set("target", path, target), RecordRules.NONE));
    } catch (SyncException.Invalid e) {
      return Optional.empty();
    }
  }

  private RecordSet set(String name, FilePath path, FileVersion version) {
    return RecordSet.of(name, contents.read(version.content()), settings.form(path));
  }
}

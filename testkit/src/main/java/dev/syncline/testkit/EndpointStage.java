package dev.syncline.testkit;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Applied.Result;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Words for tests of endpoints: texts for versions, and names for paths. */
public abstract class EndpointStage {

  private static final Hints EVERYWHERE = new Hints.Everywhere();

  protected final MemoryContents contents = new MemoryContents();

  protected final Observed look(Endpoint endpoint, Snapshot base) {
    return endpoint.observe(base, EVERYWHERE, contents);
  }

  protected final Observed lookAt(Endpoint endpoint, Snapshot base, String... paths) {
    return endpoint.observe(
        base,
        new Hints.At(Set.of(paths).stream().map(FilePath::new).collect(Collectors.toSet())),
        contents);
  }

  protected final Applied deliver(Endpoint endpoint, Map<String, FileChange> changes) {
    return endpoint.apply(
        new Delivery(changes(changes), new CommitId("0".repeat(40)), Optional.empty()), contents);
  }

  /** Changes by path, {@code +} added, {@code ~} modified, {@code -} removed, and the text. */
  protected final Map<String, String> texts(Observed observed) {
    var texts = new TreeMap<String, String>();
    observed
        .changes()
        .byPath()
        .forEach((path, change) ->
            texts.put(
                path.value(),
                switch (change) {
                  case FileChange.Added(FileVersion version) -> "+" + text(version);
                  case FileChange.Modified(FileVersion _, FileVersion to) -> "~" + text(to);
                  case FileChange.Removed(FileVersion version) -> "-" + text(version);
                }));
    return texts;
  }

  /** Regular files with these texts. */
  protected final MapSnapshot base(Map<String, String> texts) {
    var files = new TreeMap<FilePath, FileVersion>();
    texts.forEach((path, text) -> files.put(new FilePath(path), file(text)));
    return new MapSnapshot(files);
  }

  protected final MapSnapshot after(MapSnapshot base, Observed observed) {
    return base.with(observed.changes());
  }

  /** A regular file with this text, in the form in which the ledger has it. */
  protected FileVersion file(String text) {
    return FileVersion.regular(contents.put(text));
  }

  protected final FileChange add(String text) {
    return new FileChange.Added(file(text));
  }

  protected final FileChange modify(String from, String to) {
    return new FileChange.Modified(file(from), file(to));
  }

  protected final FileChange removal(String text) {
    return new FileChange.Removed(file(text));
  }

  protected static Changes changes(Map<String, FileChange> changes) {
    var byPath = new TreeMap<FilePath, FileChange>();
    changes.forEach((path, change) -> byPath.put(new FilePath(path), change));
    return new Changes(byPath);
  }

  protected static Map<FilePath, Result> allDone(Map<String, FileChange> changes) {
    return changes.keySet().stream()
        .collect(Collectors.toMap(FilePath::new, path -> new Result.Done()));
  }

  /** The text of a file of the ledger. */
  protected String text(FileVersion version) {
    return contents.text(version.content());
  }
}

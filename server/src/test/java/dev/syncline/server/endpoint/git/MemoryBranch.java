package dev.syncline.server.endpoint.git;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.RemoteBranch;
import dev.syncline.core.port.Version;
import dev.syncline.testkit.MapSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A branch of a few commits that ends each push as a test wants it. */
final class MemoryBranch implements RemoteBranch {

  static final Instant AT = Instant.parse("2026-11-20T08:00:00Z");

  private final Map<CommitId, MapSnapshot> files = new HashMap<>();
  private final Map<CommitId, Set<CommitId>> history = new HashMap<>();
  private final List<String> pushes = new ArrayList<>();
  private Optional<CommitId> tip = Optional.empty();
  private int fetches;
  private Pushed end = new Pushed.Done();

  static MapSnapshot snapshot(Map<String, FileVersion> files) {
    var byPath = new TreeMap<FilePath, FileVersion>();
    files.forEach((path, version) -> byPath.put(new FilePath(path), version));
    return new MapSnapshot(byPath);
  }

  /** The branch is at this commit now. */
  void commit(CommitId id, Map<String, FileVersion> holds, CommitId... before) {
    files.put(id, snapshot(holds));
    history.put(id, Set.of(before));
    tip = Optional.of(id);
  }

  void willEnd(Pushed pushed) {
    end = pushed;
  }

  int fetches() {
    return fetches;
  }

  List<String> pushes() {
    return List.copyOf(pushes);
  }

  @Override
  public Optional<CommitId> fetch() {
    fetches++;
    return tip;
  }

  @Override
  public Version version(CommitId commit) {
    return new Version(
        commit,
        new Author("Anna", "anna@example.org"),
        AT,
        "commit " + commit.hex().charAt(0),
        Map.of());
  }

  @Override
  public Snapshot files(CommitId commit) {
    return Optional.ofNullable(files.get(commit)).orElseThrow();
  }

  @Override
  public boolean contains(CommitId newer, CommitId older) {
    return newer.equals(older) || history.getOrDefault(newer, Set.of()).contains(older);
  }

  @Override
  public CommitId carrying(Optional<CommitId> on, Changes changes, CommitId version) {
    return version;
  }

  @Override
  public Pushed push(CommitId commit, Optional<CommitId> expected) {
    pushes.add(commit + " on " + expected.map(CommitId::hex).orElse("nothing"));
    return end;
  }
}

package dev.syncline.testkit.workspace;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.testkit.MapSnapshot;
import dev.syncline.testkit.MemoryLedger;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A branch of a repository: what people do at a desk becomes a commit once somebody looks, and what
 * Syncline brings comes as one commit or not at all.
 */
final class MemoryBranch implements Endpoint {

  private final MemoryEndpoint desk;
  private final InstantSource clock;
  private final MemoryLedger repository;
  private final Faults faults;
  private Optional<CommitId> tip = Optional.empty();

  /**
   * @param desk where people edit
   * @param clock as it goes there
   * @param repository holds its commits
   */
  MemoryBranch(MemoryEndpoint desk, InstantSource clock, MemoryLedger repository, Faults faults) {
    this.desk = desk;
    this.clock = clock;
    this.repository = repository;
    this.faults = faults;
  }

  @Override
  public Observed observe(Snapshot base, Hints hints, Contents ledger) {
    faults.step();
    commit();
    MapSnapshot files = desk.files();
    Optional<CommitId> seen = tip;
    Changes changes = files.since(base);
    changes.byPath().values().stream()
        .flatMap(change -> change.after().stream())
        .forEach(version -> ledger.put(desk.contents().read(version.content())));
    faults.step();
    return new Observed(
        changes.isEmpty()
            ? List.of()
            : List.of(new Edit(desk.author(), clock.instant(), "Edits", changes)),
        Map.of(),
        seen,
        Optional.empty(),
        Observed.Rest.NOTHING);
  }

  @Override
  public Applied apply(Delivery delivery, Contents ledger) {
    faults.step();
    commit();
    if (!tip.equals(delivery.seen())) {
      return all(delivery, new Applied.Result.Moved(), Optional.empty());
    }
    MapSnapshot wanted = desk.files().with(delivery.changes());
    boolean same = wanted.equals(repository.at(delivery.version()));
    if (same && tip.isPresent() && !repository.contains(delivery.version(), tip.get())) {
      throw new AssertionError("the branch would lose its own commit " + tip.get());
    }
    tip =
        Optional.of(
            same
                ? delivery.version()
                : repository.add(
                    desk.author(),
                    "Changes",
                    Stream.concat(tip.stream(), Stream.of(delivery.version())).toList(),
                    wanted));
    delivery.changes().byPath().forEach((path, change) -> desk.take(path, change, ledger));
    faults.step();
    return all(delivery, new Applied.Result.Done(), tip);
  }

  @Override
  public void close() {}

  private void commit() {
    MapSnapshot now = desk.files();
    boolean committed =
        tip.map(commit -> repository.at(commit).equals(now)).orElse(now.files().isEmpty());
    if (!committed) {
      tip = Optional.of(repository.add(desk.author(), "Edits", tip.stream().toList(), now));
    }
  }

  private static Applied all(Delivery delivery, Applied.Result result, Optional<CommitId> tip) {
    return new Applied(
        delivery.changes().byPath().keySet().stream()
            .collect(Collectors.toMap(path -> path, path -> result)),
        tip);
  }
}

package dev.syncline.server.endpoint.git;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.core.port.RemoteBranch;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.core.port.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A branch on another host. What people committed there is one edit with the branch's newest commit
 * as its tip, so that its history becomes part of the ledger's; what the ledger brings is one
 * commit, pushed as a whole or not at all, and only on top of what was seen. Its link sees the
 * whole ledger.
 */
public final class GitEndpoint implements Endpoint {

  private final RemoteBranch branch;
  private final Supplier<Optional<CommitId>> agreed;

  /** The branch's commit as we saw it last, unless something says that it has moved since. */
  private volatile Optional<CommitId> known = Optional.empty();

  /**
   * @param agreed the branch's commit that the ledger last took into account: the tip of the link's
   *     base, asked for at each look
   */
  public GitEndpoint(RemoteBranch branch, Supplier<Optional<CommitId>> agreed) {
    this.branch = branch;
    this.agreed = agreed;
  }

  @Override
  public Observed observe(Snapshot base, Hints hints, Contents contents) {
    Optional<CommitId> before = agreed.get();
    Optional<CommitId> tip = tip(hints);
    if (tip.isEmpty()) {
      before.ifPresent(GitEndpoint::gone);
      return new Observed(
          List.of(), Map.of(), Optional.empty(), Optional.empty(), Observed.Rest.NOTHING);
    }
    Changes changes = branch.files(tip.get()).since(base);
    return new Observed(
        changes.isEmpty() ? List.of() : List.of(edit(tip.get(), changes)),
        Map.of(),
        tip,
        before.flatMap(commit -> rewritten(commit, tip.get())),
        Observed.Rest.NOTHING);
  }

  @Override
  public Applied apply(Delivery delivery, Contents contents) {
    CommitId commit = branch.carrying(delivery.seen(), delivery.changes(), delivery.version());
    known = Optional.empty();
    return switch (branch.push(commit, delivery.seen())) {
      case Pushed.Done() -> {
        known = Optional.of(commit);
        yield all(delivery, new Applied.Result.Done(), known);
      }
      case Pushed.Moved() -> all(delivery, new Applied.Result.Moved(), Optional.empty());
      case Pushed.Refused(String reason) ->
          all(delivery, new Applied.Result.Refused(reason), Optional.empty());
    };
  }

  @Override
  public void close() {
    // Each talk with the host ends by itself.
  }

  /** Where only the ledger moved, the host isn't asked: a push finds out if it moved, too. */
  private Optional<CommitId> tip(Hints hints) {
    boolean isLedgerOnly = hints instanceof Hints.At(Set<FilePath> paths) && paths.isEmpty();
    if (!isLedgerOnly || known.isEmpty()) {
      known = branch.fetch();
    }
    return known;
  }

  private Edit edit(CommitId tip, Changes changes) {
    Version newest = branch.version(tip);
    return new Edit(newest.author(), newest.at(), newest.message(), changes);
  }

  private static void gone(CommitId before) {
    throw new SyncException.Unavailable(
        "the branch is gone from its repository; it was last seen at "
            + before.brief()
            + ". Nothing is deleted for that: push it there again, or end this link");
  }

  private Optional<String> rewritten(CommitId before, CommitId now) {
    return branch.contains(now, before)
        ? Optional.empty()
        : Optional.of(
            "the branch's history was rewritten: "
                + now.brief()
                + " does not continue "
                + before.brief()
                + ", which the ledger has taken in. What was taken out of it stays in the ledger");
  }

  private static Applied all(Delivery delivery, Applied.Result result, Optional<CommitId> tip) {
    return new Applied(
        delivery.changes().byPath().keySet().stream()
            .collect(Collectors.toMap(path -> path, path -> result)),
        tip);
  }
}

package dev.syncline.server.endpoint.sealed;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Applied.Result;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An endpoint that holds in the clear what the ledger has as age files. A file that can't be opened
 * stays as it is on both sides, with a reason; without any key nothing is done at all.
 *
 * @param clear the endpoint itself
 */
public record SealedEndpoint(Endpoint clear, Vault vault) implements Endpoint {

  @Override
  public Observed observe(Snapshot base, Hints hints, Contents ledger) {
    vault.mustOpen();
    Observed seen =
        clear.observe(
            new ClearSnapshot(base, vault, ledger),
            hints,
            new SealingContents(ledger, vault, Map.of()));
    if (hints instanceof Hints.Everywhere && isAllSeen(seen, base)) {
      // Only now is it known what is there: nothing else is counted on any more.
      vault.forgetAllBut(base, seen.changes());
    }
    var unseen = new HashMap<>(seen.unseen());
    var edits = new ArrayList<Edit>();
    for (Edit edit : seen.edits()) {
      var changes = new TreeMap<FilePath, FileChange>();
      edit.changes()
          .byPath()
          .forEach((path, change) -> {
            if (isLocked(path, base.at(path), ledger)) {
              unseen.put(path, Vault.LOCKED);
              return;
            }
            Optional<FileVersion> after =
                change.after().flatMap(it -> sealed(path, it, base, ledger));
            if (after.isPresent() || change.after().isEmpty()) {
              FileChange.between(base.at(path), after).ifPresent(it -> changes.put(path, it));
            } else {
              unseen.put(path, "it was not sealed: it is looked at again later");
            }
          });
      if (!changes.isEmpty()) {
        edits.add(edit.withChanges(new Changes(changes)));
      }
    }
    return new Observed(edits, unseen, seen.tip(), seen.alarm(), seen.rest());
  }

  @Override
  public Applied apply(Delivery delivery, Contents ledger) {
    var results = new HashMap<FilePath, Result>();
    var changes = new TreeMap<FilePath, FileChange>();
    var sealed = new HashMap<ContentId, ContentId>();
    delivery
        .changes()
        .byPath()
        .forEach((path, change) -> {
          if (isLocked(path, change.before(), ledger) || isLocked(path, change.after(), ledger)) {
            results.put(path, new Result.Refused(Vault.LOCKED));
            return;
          }
          Optional<FileVersion> after = clear(path, change.after(), ledger);
          after.ifPresent(it -> sealed.put(it.content(), change.after().orElseThrow().content()));
          // What is only sealed in another way is there already.
          FileChange.between(clear(path, change.before(), ledger), after)
              .ifPresentOrElse(
                  it -> changes.put(path, it), () -> results.put(path, new Result.Done()));
        });
    Applied applied =
        clear.apply(
            new Delivery(new Changes(changes), delivery.version(), delivery.seen()),
            new SealingContents(ledger, vault, Map.copyOf(sealed)));
    results.putAll(applied.results());
    return new Applied(results, applied.tip());
  }

  @Override
  public void close() {
    clear.close();
  }

  private boolean isAllSeen(Observed seen, Snapshot base) {
    return seen.rest() == Observed.Rest.NOTHING
        && seen.unseen().keySet().stream()
            .noneMatch(path -> vault.guards(path) || base.isFolder(path));
  }

  private boolean isLocked(FilePath path, Optional<FileVersion> version, Contents ledger) {
    return version
        .filter(it -> vault.guards(path, it))
        .filter(it -> vault.clear(it.content(), ledger).isEmpty())
        .isPresent();
  }

  private Optional<FileVersion> clear(
      FilePath path, Optional<FileVersion> version, Contents ledger) {
    return version.map(it ->
        vault.guards(path, it)
            ? it.withContent(vault.clear(it.content(), ledger).orElseThrow().id())
            : it);
  }

  /**
   * A version as the ledger has it; empty if the ledger has it in the clear only, or not at all.
   */
  private Optional<FileVersion> sealed(
      FilePath path, FileVersion version, Snapshot base, Contents ledger) {
    if (!vault.guards(path, version) || version.content().equals(Vault.EMPTY)) {
      return Optional.of(version);
    }
    boolean sameText =
        clear(path, base.at(path), ledger)
            .map(FileVersion::content)
            .equals(Optional.of(version.content()));
    return sameText
        ? base.at(path).map(it -> version.withContent(it.content()))
        : vault.sealed(version.content(), ledger).map(version::withContent);
  }
}

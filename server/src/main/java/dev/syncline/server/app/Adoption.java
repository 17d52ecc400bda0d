package dev.syncline.server.app;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Recording.Agreement;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.ledger.GitLedger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes over a repository that somebody else kept until now, such as relay-git-sync: what is
 * committed in it is what its folder, its checkout and, as far as it was pushed, its remote hold.
 * Without that, everything that changed since would be a conflict.
 */
final class Adoption {

  private final GitLedger ledger;
  private final RunId run;

  private Adoption(GitLedger ledger, RunId run) {
    this.ledger = ledger;
    this.run = run;
  }

  /** Does it if the ledger has a history, and no link has ever run. */
  static void ifNeeded(WorkspaceSettings settings, GitLedger ledger, RunId run) {
    boolean isNew =
        ledger.head().commit().isPresent()
            && settings.links().keySet().stream()
                .allMatch(link -> ledger.base(link).at().equals(Instant.EPOCH));
    if (settings.repository().isPresent() && isNew) {
      var adoption = new Adoption(ledger, run);
      settings.links().forEach(adoption::agree);
    }
  }

  private void agree(LinkName name, LinkSettings link) {
    Head head = ledger.head();
    switch (link.place()) {
      case LinkSettings.Place.Folder _, LinkSettings.Place.Shared _ ->
          agree(name, link.mapping(), head, Changes.NONE, Optional.empty());
      case LinkSettings.Place.Branch branch ->
          ledger
              .sharedWith("refs/remotes/" + name + "/" + branch.branch())
              .ifPresent(shared -> {
                Snapshot files = ledger.at(shared);
                agree(name, link.mapping(), head, files.since(head.files()), Optional.of(shared));
              });
    }
  }

  private void agree(
      LinkName name, PathMapping mapping, Head head, Changes behind, Optional<CommitId> tip) {
    long[] count = {behind.growth()};
    head.files().forEach((path, _) -> count[0] += mapping.toEndpoint(path).isPresent() ? 1 : 0);
    ledger.record(
        new Recording(
            run,
            head,
            Changes.NONE,
            new Recording.Theirs.Edits(List.of()),
            Optional.of(new Agreement(name, behind, Changes.NONE, count[0], mapping, tip)),
            List.of(),
            Set.of()));
  }
}

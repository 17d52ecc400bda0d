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
import dev.syncline.server.endpoint.folder.FolderEndpoint;
import dev.syncline.server.endpoint.folder.FolderSettings;
import dev.syncline.server.ledger.GitLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes over a repository that somebody else kept until now, such as relay-git-sync: what is
 * committed in it is what its folder, its checkout and, as far as it was pushed, its remote hold.
 * Without that, everything that changed since would be a conflict.
 */
final class Adoption {

  private static final RunId RUN = new RunId("adoption");

  private final WorkspaceSettings settings;
  private final GitLedger ledger;

  private Adoption(WorkspaceSettings settings, GitLedger ledger) {
    this.settings = settings;
    this.ledger = ledger;
  }

  /**
   * Does it if the ledger has a history, no link has ever run, and the checkout is nobody's yet.
   * One that comes from a backup is empty: it must not be taken for what people left of it.
   */
  static void ifNeeded(WorkspaceSettings settings, GitLedger ledger, InstantSource clock) {
    boolean isNew =
        settings.repository().isPresent()
            && ledger.head().commit().isPresent()
            && settings.links().keySet().stream()
                .allMatch(link -> ledger.base(link).at().equals(Instant.EPOCH));
    if (isNew) {
      new Adoption(settings, ledger).adopt(clock);
    }
  }

  private void adopt(InstantSource clock) {
    settings
        .links()
        .forEach((name, link) -> {
          if (link.place() instanceof LinkSettings.Place.Folder(Path path, Duration _)
              && settings.isCheckout(path)) {
            var checkout =
                FolderEndpoint.of(FolderSettings.of(path, name, settings.author()), clock);
            if (!checkout.isAdopted()) {
              settings.links().forEach(this::agree);
              checkout.adopt();
            }
          }
        });
  }

  private void agree(LinkName name, LinkSettings link) {
    Head head = ledger.head();
    switch (link.place()) {
      case LinkSettings.Place.Api _, LinkSettings.Place.Reviewed _ -> {}
      case LinkSettings.Place.Shared _ ->
          agree(name, link.mapping(), head, Changes.NONE, Optional.empty());
      case LinkSettings.Place.Folder(Path path, Duration _) -> {
        if (settings.isCheckout(path)) {
          agree(name, link.mapping(), head, Changes.NONE, Optional.empty());
        }
      }
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
            RUN,
            head,
            Changes.NONE,
            new Recording.Theirs.Edits(List.of()),
            Optional.of(new Agreement(name, behind, Changes.NONE, count[0], mapping, tip)),
            List.of(),
            Set.of()));
  }
}

package dev.syncline.server.workspace;

import dev.syncline.core.flow.Submission;
import dev.syncline.core.flow.Submission.Submitted;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Version;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.Secret;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.view.Files;
import dev.syncline.server.view.Signals;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The files of live workspaces, and the signals for them. Listeners belong to a workspace's name,
 * so that they outlive a change of its configuration. Thread-safe.
 */
final class LiveFiles implements Files, Signals {

  private final Function<WorkspaceName, Place> places;
  private final Supplier<RunId> ids;
  private final InstantSource clock;
  private final Map<WorkspaceName, Set<Ear>> listeners = new ConcurrentHashMap<>();

  /** A workspace that is live. */
  record Place(WorkspaceSettings settings, WorkspaceEngine engine) {
    Ledger ledger() {
      return engine.ledger();
    }
  }

  /** Listeners are told apart though they may be equal. */
  private static final class Ear {
    private final Runnable listener;

    Ear(Runnable listener) {
      this.listener = listener;
    }
  }

  /**
   * @param places finds a workspace, or throws that there is none
   */
  LiveFiles(Function<WorkspaceName, Place> places, Supplier<RunId> ids, InstantSource clock) {
    this.places = places;
    this.ids = ids;
    this.clock = clock;
  }

  /** A workspace may have changed. */
  void changed(WorkspaceName workspace) {
    listeners.getOrDefault(workspace, Set.of()).forEach(ear -> ear.listener.run());
  }

  @Override
  public Optional<Entry> find(WorkspaceName workspace, FilePath path) {
    Ledger ledger = places.apply(workspace).ledger();
    return ledger.head().files().at(path).map(file -> entry(ledger, path, file, Optional.empty()));
  }

  @Override
  public OptionalLong size(WorkspaceName workspace, ContentId content) {
    Ledger ledger = places.apply(workspace).ledger();
    try {
      return OptionalLong.of(ledger.size(content));
    } catch (SyncException.Corrupt e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public List<Entry> list(WorkspaceName workspace, Page page) {
    Ledger ledger = places.apply(workspace).ledger();
    Head head = ledger.head();
    var entries = new ArrayList<Entry>();
    head.files()
        .page(page.folder(), page.after(), page.limit())
        .forEach((path, file) -> {
          Optional<Version> last =
              switch (page.detail()) {
                case CONTENT -> Optional.empty();
                case LAST_CHANGE ->
                    ledger.history(Optional.of(path), head.commit(), 1).stream().findFirst();
              };
          entries.add(entry(ledger, path, file, last));
        });
    return entries;
  }

  @Override
  public Submitted submit(WorkspaceName workspace, Sent sent) {
    Place place = places.apply(workspace);
    sent.files()
        .forEach((path, content) -> content.ifPresent(it -> place.settings().mustTakeClear(path)));
    Submitted submitted =
        new Submission(
                sent.files(),
                sent.base(),
                sent.author().orElse(place.settings().author()),
                clock.instant(),
                sent.message())
            .into(place.ledger(), ids.get());
    if (submitted instanceof Submitted.Done) {
      place.engine().ledgerMoved();
    }
    return submitted;
  }

  @Override
  public News news(WorkspaceName workspace, Optional<CommitId> since) {
    Place place = places.apply(workspace);
    Head head = place.ledger().head();
    return new News(
        head.commit(),
        since.equals(head.commit()) || since.isEmpty()
            ? new Changed.Paths(List.of())
            : changed(place.ledger(), head, since.get()),
        place.engine().health());
  }

  private static Changed changed(Ledger ledger, Head head, CommitId since) {
    Snapshot known;
    try {
      known = ledger.at(since);
    } catch (SyncException.Invalid e) {
      return new Changed.Unknown();
    }
    return new Changed.Paths(List.copyOf(head.files().since(known).byPath().keySet()));
  }

  @Override
  public Listening listen(WorkspaceName workspace, Runnable listener) {
    Objects.requireNonNull(places.apply(workspace)); // refuses a workspace that isn't there
    var ear = new Ear(listener);
    listeners.compute(
        workspace,
        (name, known) -> {
          Set<Ear> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(ear);
          return all;
        });
    return () ->
        listeners.computeIfPresent(
            workspace,
            (name, all) -> {
              all.remove(ear);
              return all.isEmpty() ? null : all;
            });
  }

  @Override
  public List<Source> sources(WorkspaceName workspace) {
    var sources = new ArrayList<Source>();
    places
        .apply(workspace)
        .settings()
        .links()
        .forEach((link, settings) -> {
          branch(settings.place())
              .map(branch ->
                  new Source(
                      link,
                      branch
                          .webhook()
                          .map(Secret::value)
                          .map(key -> key.getBytes(StandardCharsets.UTF_8))))
              .ifPresent(sources::add);
        });
    return sources;
  }

  /** The branch of whose moves a host sends word. */
  private static Optional<LinkSettings.Place.Branch> branch(LinkSettings.Place place) {
    return switch (place) {
      case LinkSettings.Place.Branch branch -> Optional.of(branch);
      case LinkSettings.Place.Reviewed reviewed -> Optional.of(reviewed.branch());
      case LinkSettings.Place.Folder _, LinkSettings.Place.Shared _, LinkSettings.Place.Api _ ->
          Optional.empty();
    };
  }

  @Override
  public List<LinkName> signal(WorkspaceName workspace, Predicate<LinkName> wanted) {
    Place place = places.apply(workspace);
    List<LinkName> told =
        place.settings().links().entrySet().stream()
            .filter(link -> branch(link.getValue().place()).isPresent())
            .map(Map.Entry::getKey)
            .filter(wanted)
            .toList();
    told.forEach(link -> place.engine().signal(link, new Hints.Everywhere()));
    return told;
  }

  private static Entry entry(
      Ledger ledger, FilePath path, FileVersion file, Optional<Version> last) {
    // A submodule's commit is in another repository.
    long size = file.mode() == FileMode.GITLINK ? 0 : ledger.size(file.content());
    return new Entry(path, file, size, last);
  }
}

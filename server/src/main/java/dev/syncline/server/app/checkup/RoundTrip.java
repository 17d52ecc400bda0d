package dev.syncline.server.app.checkup;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Direction;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.remote.RemoteFiles;
import dev.syncline.server.view.Leg;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sends a probe file around a workspace whose server runs, as its people and apps would: from a
 * folder to the history, the web and every other place, then from the web back to all of them; then
 * it is removed everywhere. Each place is read by itself, a repository by a fresh fetch.
 */
public final class RoundTrip implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int POLL_MILLIS = 10;

  private final WorkspaceSettings settings;
  private final Workspaces workspaces;
  private final RemoteFiles web;
  private final Consumer<Leg> listener;
  private final String name;
  private final List<ProbePlace> places = new ArrayList<>();

  /** Where a probe is looked for. */
  interface ProbePlace extends AutoCloseable {

    /** For people. */
    String title();

    /** The link that leads there. */
    LinkName link();

    /** Whether a file of the ledger goes there. */
    boolean sees(FilePath path);

    /** What the probe holds there now; empty if it isn't there. */
    Optional<ContentId> now(FilePath path) throws IOException;

    @Override
    void close();
  }

  /**
   * @param name of the probe file; nothing may be called so
   * @param listener hears of each leg as it ends
   */
  public RoundTrip(
      WorkspaceSettings settings,
      Remotes remotes,
      Workspaces workspaces,
      RemoteFiles web,
      String name,
      Consumer<Leg> listener) {
    this.settings = settings;
    this.workspaces = workspaces;
    this.web = web;
    this.name = name;
    this.listener = listener;
    settings
        .links()
        .forEach((link, its) -> {
          if (!its.direction().isInward() && !(its.place() instanceof LinkSettings.Place.Api)) {
            places.add(
                switch (its.place()) {
                  case LinkSettings.Place.Folder folder ->
                      new FolderPlace(link, folder.path(), its.mapping());
                  case LinkSettings.Place.Branch branch ->
                      BranchPlace.fresh(remotes.spec(link, branch));
                  case LinkSettings.Place.Reviewed _ ->
                      throw new SyncException.Invalid(
                          "a probe can't be sent around: " + link + " takes pull requests only");
                  case LinkSettings.Place.Shared _ ->
                      throw new IllegalStateException("a shared folder is only read");
                  case LinkSettings.Place.Api _ ->
                      throw new IllegalStateException("a JSON API is only read");
                });
          }
        });
  }

  /**
   * Makes the trip.
   *
   * @throws SyncException.Unavailable if the probe doesn't arrive somewhere in time
   * @throws SyncException.Invalid if it would be encrypted
   */
  public void run() throws IOException {
    Optional<Path> folder = origin();
    FilePath path = inLedger();
    if (settings.encryption().filter(it -> it.concerns(path)).isPresent()) {
      throw new SyncException.Invalid(
          "the probe "
              + path
              + " would be encrypted, and nobody could follow it from place to place:"
              + " a pattern of `encrypt` fits every file of "
              + settings.name());
    }
    byte[] first = (name + ": from a folder\n").getBytes(StandardCharsets.UTF_8);
    byte[] second = (name + ": from the web\n").getBytes(StandardCharsets.UTF_8);
    try {
      long start = System.nanoTime();
      if (folder.isPresent()) {
        Files.write(folder.get(), first);
        leg(
            "folder → history",
            start,
            () -> !workspaces.history(settings.name(), Optional.of(path), 1).isEmpty());
      } else {
        web.change(settings.name(), path, Optional.of(first));
      }
      leg(
          "→ web",
          start,
          () -> web.read(settings.name(), path).filter(it -> Arrays.equals(it, first)).isPresent());
      arrive("→ ", start, path, Optional.of(first));
      start = System.nanoTime();
      web.change(settings.name(), path, Optional.of(second));
      leg("web → history", start, () -> true);
      arrive("→ ", start, path, Optional.of(second));
    } finally {
      remove(folder, path);
    }
  }

  private void remove(Optional<Path> folder, FilePath path) throws IOException {
    long start = System.nanoTime();
    if (web.read(settings.name(), path).isPresent()) {
      web.change(settings.name(), path, Optional.empty());
    } else if (folder.isPresent()) {
      Files.deleteIfExists(folder.get());
    }
    arrive("removed from ", start, path, Optional.empty());
  }

  private void arrive(String word, long start, FilePath path, Optional<byte[]> contents)
      throws IOException {
    Optional<ContentId> wanted = contents.map(ContentId::ofContents);
    for (ProbePlace place : places) {
      if (!place.sees(path)) {
        continue;
      }
      try {
        leg(word + place.title(), start, () -> place.now(path).equals(wanted));
      } catch (SyncException.Unavailable e) {
        String reason =
            Optional.ofNullable(workspaces.status(settings.name()).links().get(place.link()))
                .map(link -> link.health().reason())
                .orElse("");
        throw reason.isEmpty()
            ? e
            : new SyncException.Unavailable(e.getMessage() + "; the link says: " + reason, e);
      }
    }
  }

  /** Asks again and again whether something is so. */
  @FunctionalInterface
  private interface Check {
    boolean isSo() throws IOException;
  }

  private void leg(String what, long start, Check check) throws IOException {
    try {
      while (!check.isSo()) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new SyncException.Unavailable(
              "the probe "
                  + name
                  + " did not arrive ("
                  + what
                  + ") within "
                  + PATIENCE.toSeconds()
                  + " s");
        }
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("the round trip was interrupted", e);
    }
    listener.accept(new Leg(what, Duration.ofNanos(System.nanoTime() - start)));
  }

  /** The folder that the probe starts from; empty if the workspace has none that may be read. */
  private Optional<Path> origin() {
    return settings.links().values().stream()
        .filter(link -> link.direction() == Direction.BOTH)
        .filter(link -> link.mapping().toLedger(new FilePath(name)).isPresent())
        .flatMap(link ->
            link.place() instanceof LinkSettings.Place.Folder(Path path, Duration _)
                ? Optional.of(path.resolve(name)).stream()
                : Optional.<Path>empty().stream())
        .findFirst();
  }

  private FilePath inLedger() {
    return settings.links().values().stream()
        .filter(link -> link.direction() == Direction.BOTH)
        .filter(link -> link.place() instanceof LinkSettings.Place.Folder)
        .flatMap(link -> link.mapping().toLedger(new FilePath(name)).stream())
        .findFirst()
        .orElse(new FilePath(name));
  }

  @Override
  public void close() {
    places.forEach(ProbePlace::close);
  }
}

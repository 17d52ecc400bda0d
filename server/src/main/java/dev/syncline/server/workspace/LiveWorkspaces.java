package dev.syncline.server.workspace;

import dev.syncline.core.flow.Health;
import dev.syncline.core.flow.LinkRunner;
import dev.syncline.core.flow.Resolver;
import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recorded;
import dev.syncline.core.port.Recording;
import dev.syncline.core.port.Version;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.view.Files;
import dev.syncline.server.view.Signals;
import dev.syncline.server.view.Workspaces;
import dev.syncline.server.view.Workspaces.LinkStatus;
import dev.syncline.server.view.Workspaces.Motion;
import dev.syncline.server.view.Workspaces.Status;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workspaces of this process, each with its engine. */
public final class LiveWorkspaces implements Workspaces, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveWorkspaces.class);

  /** When links run. */
  public enum Work {
    /** Always: when something changes, and when it is time. */
    ALWAYS,
    /** Only when somebody asks for it. */
    WHEN_ASKED
  }

  private final WorkspaceFolders folders;
  private final Assembly assembly;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Supplier<RunId> ids;
  private final Work work;
  private final LiveFiles files;
  private final Map<WorkspaceName, Open> open = new ConcurrentSkipListMap<>();

  /** Why a workspace that has a file could not be started. */
  private final Map<WorkspaceName, String> broken = new ConcurrentHashMap<>();

  private record Open(WorkspaceSettings settings, WorkspaceEngine engine, LinkRunner runner) {}

  private LiveWorkspaces(
      Path folder, Assembly assembly, Work work, InstantSource clock, RandomGenerator random) {
    this.work = work;
    this.folders = new WorkspaceFolders(folder);
    this.assembly = assembly;
    this.clock = clock;
    this.random = random;
    this.ids = new RunIds(clock, random);
    this.files =
        new LiveFiles(
            name -> {
              Open found = find(name);
              return new LiveFiles.Place(found.settings(), found.engine());
            },
            ids,
            clock);
  }

  /**
   * Starts every workspace that has a file. One that can't be started is reported, and stops no
   * other.
   *
   * @param folder where their files and ledgers are
   * @param work when links run
   * @param random of waits and names; thread-safe
   */
  public static LiveWorkspaces open(
      Path folder, Assembly assembly, Work work, InstantSource clock, RandomGenerator random) {
    var all = new LiveWorkspaces(folder, assembly, work, clock, random);
    for (WorkspaceName name : all.folders.names()) {
      try {
        all.start(name, all.folders.text(name).orElse(""));
      } catch (SyncException e) {
        all.broken.put(name, String.valueOf(e.getMessage()));
        LOG.atError()
            .addKeyValue("workspace", name)
            .addKeyValue("reason", e.getMessage())
            .log("a workspace can't be started");
      }
    }
    return all;
  }

  /** Their files, as apps see them. */
  public Files files() {
    return files;
  }

  /** Takes signals for them. */
  public Signals signals() {
    return files;
  }

  @Override
  public List<WorkspaceName> names() {
    return folders.names();
  }

  @Override
  public Status status(WorkspaceName workspace) {
    Open found = find(workspace);
    var links = new LinkedHashMap<LinkName, LinkStatus>();
    Map<LinkName, Health> health = found.engine().health();
    List<Conflict> conflicts = found.engine().ledger().conflicts();
    found
        .settings()
        .links()
        .forEach((link, settings) -> {
          int waiting = (int) conflicts.stream().filter(it -> it.link().equals(link)).count();
          links.put(
              link,
              new LinkStatus(
                  settings.place().described(),
                  health.getOrDefault(link, Health.NEW),
                  found.engine().last(link),
                  waiting,
                  Math.max(0, found.engine().pending(link) - waiting)));
        });
    return new Status(
        workspace,
        found.engine().ledger().head().commit(),
        clock.instant(),
        links,
        conflicts.size());
  }

  @Override
  public List<Finding> examine(WorkspaceName workspace) {
    if (broken.containsKey(workspace)) {
      return List.of(
          Finding.wrong(
              "workspace",
              "could not be started: " + broken.get(workspace),
              "Mend that, then syncline workspace add " + workspace + " FILE, or start anew."));
    }
    Open found = find(workspace);
    var findings = new ArrayList<>(assembly.examine(found.settings(), found.engine().ledger()));
    found.engine().health().forEach((link, health) -> findings.add(Condition.of(link, health)));
    return findings;
  }

  @Override
  public String text(WorkspaceName workspace) {
    return folders.text(workspace).orElseThrow(() -> unknown(workspace));
  }

  @Override
  public synchronized void put(WorkspaceName workspace, String text) {
    WorkspaceSettings settings = assembly.settings(workspace, text);
    stop(workspace);
    folders.write(workspace, text);
    start(settings);
  }

  @Override
  public synchronized String remove(WorkspaceName workspace) {
    Path place = assembly.place(find(workspace).settings(), folders.ledger(workspace));
    stop(workspace);
    folders.forget(workspace);
    files.changed(workspace);
    return place.toString();
  }

  @Override
  public void pause(WorkspaceName workspace, Optional<LinkName> link, Motion motion) {
    Open found = find(workspace);
    for (LinkName name : found.settings().links().keySet()) {
      if (link.isEmpty() || link.get().equals(name)) {
        found.engine().pause(name, motion == Motion.PAUSE);
      }
    }
  }

  @Override
  public Status sync(WorkspaceName workspace, Optional<LinkName> link) {
    try {
      find(workspace).engine().sync(link);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SyncException.Unavailable("interrupted while links ran", e);
    }
    return status(workspace);
  }

  @Override
  public Plan preview(WorkspaceName workspace, LinkName link) {
    return find(workspace).engine().preview(link);
  }

  @Override
  public boolean approve(WorkspaceName workspace, RunId run) {
    Open found = find(workspace);
    Optional<Run> held = found.runner().journal().find(run);
    if (held.isPresent() && held.get().outcome() instanceof Outcome.Held(String _, String what)) {
      found.runner().journal().approve(held.get().link(), what);
      found.engine().approved();
      return true;
    }
    return false;
  }

  @Override
  public List<Run> runs(WorkspaceName workspace, int limit) {
    return find(workspace).runner().journal().newest(limit);
  }

  @Override
  public List<Version> history(WorkspaceName workspace, Optional<FilePath> path, int limit) {
    return ledger(workspace).history(path, Optional.empty(), limit);
  }

  @Override
  public CommitId restore(WorkspaceName workspace, FilePath path, CommitId version, Author author) {
    Ledger ledger = ledger(workspace);
    Optional<FileVersion> wanted = ledger.at(version).at(path);
    while (true) {
      Head head = ledger.head();
      Optional<FileChange> change = FileChange.between(head.files().at(path), wanted);
      if (change.isEmpty()) {
        return head.commit()
            .orElseThrow(() -> new SyncException.Invalid("there is no version yet"));
      }
      Changes changes = Changes.of(new TreeMap<>(Map.of(path, change.get())));
      var edit =
          new Edit(
              author, clock.instant(), "Restore " + path + " as of " + version.brief(), changes);
      Recorded recorded =
          ledger.record(
              new Recording(
                  ids.get(),
                  head,
                  changes,
                  new Recording.Theirs.Edits(List.of(edit)),
                  Optional.empty(),
                  List.of(),
                  Set.of()));
      if (recorded instanceof Recorded.Committed(Head now)) {
        find(workspace).engine().ledgerMoved();
        return now.commit().orElseThrow();
      }
    }
  }

  @Override
  public List<Conflict> conflicts(WorkspaceName workspace) {
    return ledger(workspace).conflicts();
  }

  @Override
  public boolean resolve(
      WorkspaceName workspace, Conflict conflict, Resolution resolution, Author author) {
    Open found = find(workspace);
    if (resolution instanceof Resolution.Supply(Optional<FileVersion> file) && file.isPresent()) {
      found.settings().mustTakeClear(conflict.path());
    }
    Recorded recorded =
        new Resolver(found.engine().ledger())
            .resolve(ids.get(), conflict, resolution, author, clock.instant());
    found.engine().ledgerMoved();
    if (recorded instanceof Recorded.Committed) {
      found.engine().settled(conflict.link());
      return true;
    }
    return false;
  }

  @Override
  public InputStream open(WorkspaceName workspace, FileVersion version) {
    return ledger(workspace).open(version.content());
  }

  @Override
  public ContentId keep(
      WorkspaceName workspace, Optional<FilePath> of, long size, InputStream contents)
      throws IOException {
    of.ifPresent(find(workspace).settings()::mustTakeClear);
    return ledger(workspace).put(size, contents);
  }

  @Override
  public synchronized void close() {
    for (WorkspaceName name : List.copyOf(open.keySet())) {
      stop(name);
    }
  }

  private void start(WorkspaceName name, String text) {
    start(assembly.settings(name, text));
  }

  private void start(WorkspaceSettings settings) {
    Ledger ledger = assembly.ledger(settings, folders.ledger(settings.name()));
    var plans = new ArrayList<LinkPlan>();
    try {
      for (LinkName link : settings.links().keySet()) {
        plans.add(assembly.link(settings, link, ledger));
      }
    } catch (RuntimeException e) {
      plans.forEach(plan -> plan.link().endpoint().close());
      ledger.close();
      throw e;
    }
    var runner = new LinkRunner(ledger, assembly.journal(settings.name()), clock);
    var engine = new WorkspaceEngine(settings.name(), runner, plans, ids, random);
    open.put(settings.name(), new Open(settings, engine, runner));
    engine.tell(() -> files.changed(settings.name()));
    broken.remove(settings.name());
    files.changed(settings.name());
    if (work == Work.ALWAYS) {
      engine.start();
    }
  }

  private void stop(WorkspaceName name) {
    Open found = open.remove(name);
    if (found != null) {
      found.engine().close();
    }
  }

  /** Where the ledger of a workspace is, or would be, with a file that says this. */
  public Path folder(WorkspaceName workspace, String text) {
    return assembly.place(assembly.settings(workspace, text), folders.ledger(workspace));
  }

  /** The ledger of a workspace, for as long as the workspace is live. */
  public Ledger ledger(WorkspaceName workspace) {
    return find(workspace).engine().ledger();
  }

  private Open find(WorkspaceName workspace) {
    Open found = open.get(workspace);
    if (found != null) {
      return found;
    }
    if (folders.text(workspace).isPresent()) {
      throw new SyncException.Unavailable(
          "workspace "
              + workspace
              + " could not be started: "
              + broken.getOrDefault(workspace, "it is just being changed"));
    }
    throw unknown(workspace);
  }

  private static SyncException.Invalid unknown(WorkspaceName workspace) {
    return new SyncException.Invalid("there is no workspace " + workspace);
  }
}

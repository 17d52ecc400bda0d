package dev.syncline.server.web;

import dev.syncline.core.flow.Link;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Journal;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Observed;
import dev.syncline.server.app.LedgerClones;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.WorkspaceFile;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.LedgerSettings;
import dev.syncline.server.view.json.JsonText;
import dev.syncline.server.web.api.Synced;
import dev.syncline.server.workspace.Assembly;
import dev.syncline.server.workspace.LinkPlan;
import dev.syncline.server.workspace.LiveWorkspaces;
import dev.syncline.server.workspace.Watch;
import dev.syncline.testkit.workspace.MemoryEndpoint;
import dev.syncline.testkit.workspace.MemoryJournal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with live workspaces in real ledgers, whose links lead to folders in memory. */
final class Site implements AutoCloseable {

  static final WorkspaceName NOTES = new WorkspaceName("notes");
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Author SOMEBODY = new Author("Somebody", "");

  /** Each look at a link's endpoint, as it begins. */
  final BlockingQueue<LinkName> looks = new LinkedBlockingQueue<>();

  final Map<LinkName, MemoryEndpoint> endpoints = new ConcurrentHashMap<>();
  final LiveWorkspaces workspaces;
  final RunningServer server;

  Site(Path folder) {
    workspaces =
        LiveWorkspaces.open(
            folder,
            new InMemory(folder),
            LiveWorkspaces.Work.ALWAYS,
            CLOCK,
            RandomGenerator.getDefault());
    server =
        new RunningServer(
            new Synced(
                workspaces,
                workspaces.files(),
                workspaces.signals(),
                new LedgerClones(workspaces),
                new NoFiles()));
  }

  /** Adds the workspace {@code notes}. */
  Site with(String file) {
    workspaces.put(NOTES, file);
    return this;
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = server.admin("workspaces/notes" + path);
    return server.send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return server.send(server.admin("workspaces/notes" + path).POST(BodyPublishers.ofString(body)));
  }

  /** Changes a file, and says which version has it. */
  String write(String path, String text) throws Exception {
    JsonNode body =
        JsonMapper.shared()
            .createObjectNode()
            .set(
                "changes",
                JsonMapper.shared()
                    .createArrayNode()
                    .add(
                        JsonMapper.shared()
                            .createObjectNode()
                            .put("path", path)
                            .put("text", text)));
    return json(post("/changes", JsonText.of(body))).path("version").asString();
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  @Override
  public void close() {
    server.close();
    workspaces.close();
  }

  private final class InMemory implements Assembly {
    private final Path folder;

    InMemory(Path folder) {
      this.folder = folder;
    }

    @Override
    public WorkspaceSettings settings(WorkspaceName name, String text) {
      return WorkspaceFile.read(name, text, folder, SOMEBODY);
    }

    @Override
    public Path place(WorkspaceSettings settings, Path usual) {
      return usual;
    }

    @Override
    public Ledger ledger(WorkspaceSettings settings, Path at) {
      return GitLedger.open(at, LedgerSettings.with(CLOCK).withSmallPacks(4));
    }

    @Override
    public List<Finding> examine(WorkspaceSettings settings, Ledger ledger) {
      return List.of();
    }

    @Override
    public Journal journal(WorkspaceName name) {
      return new MemoryJournal();
    }

    @Override
    public LinkPlan link(WorkspaceSettings settings, LinkName link, Ledger ledger) {
      var there =
          endpoints.computeIfAbsent(
              link,
              name ->
                  new MemoryEndpoint(new Author(name.value(), ""), CLOCK, (path, change) -> {}));
      LinkSettings its = Objects.requireNonNull(settings.links().get(link));
      var planner =
          new Planner(
              its.direction(),
              NamedPolicy.rules(settings.policies()),
              new Safeguard(settings.safeguard().files(), settings.safeguard().percent() / 100.0),
              link.value());
      return new LinkPlan(
          new Link(link, its.mapping(), planner, new Seen(link, there)),
          Watch.NONE,
          Duration.ofDays(1));
    }
  }

  /** Notes each look. */
  private final class Seen implements Endpoint {
    private final LinkName link;
    private final Endpoint inner;

    Seen(LinkName link, Endpoint inner) {
      this.link = link;
      this.inner = inner;
    }

    @Override
    public Observed observe(Snapshot base, Hints hints, Contents contents) {
      looks.add(link);
      return inner.observe(base, hints, contents);
    }

    @Override
    public Applied apply(Delivery delivery, Contents contents) {
      return inner.apply(delivery, contents);
    }

    @Override
    public void close() {}
  }
}

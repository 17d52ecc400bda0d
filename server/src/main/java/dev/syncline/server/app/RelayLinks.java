package dev.syncline.server.app;

import dev.syncline.core.flow.Link;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Hints;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.RelaySettings;
import dev.syncline.server.config.Secret;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.endpoint.relay.EventStream;
import dev.syncline.server.endpoint.relay.Marks;
import dev.syncline.server.endpoint.relay.RelayCheck;
import dev.syncline.server.endpoint.relay.RelayEndpoint;
import dev.syncline.server.endpoint.relay.RelayEvent;
import dev.syncline.server.endpoint.relay.RelayId;
import dev.syncline.server.endpoint.relay.RelayServer;
import dev.syncline.server.endpoint.relay.RelayWatch;
import dev.syncline.server.endpoint.relay.SharedFolder;
import dev.syncline.server.endpoint.relay.StreamClient;
import dev.syncline.server.endpoint.relay.StreamPace;
import dev.syncline.server.endpoint.relay.StreamSource;
import dev.syncline.server.endpoint.relay.Way;
import dev.syncline.server.state.SqlNotices;
import dev.syncline.server.workspace.Followed;
import dev.syncline.server.workspace.LinkPlan;
import dev.syncline.server.workspace.Progress;
import dev.syncline.server.workspace.Watch;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The links to shared folders of Relay Servers. Folders of one server share its connections, and
 * every folder hears what is said of any. Thread-safe.
 */
final class RelayLinks implements AutoCloseable {

  /** A file that is gone from a folder is looked for again after this long at least. */
  private static final Duration SECOND_LOOK = Duration.ofSeconds(2);

  private static final Secret NO_KEY = Secret.literal("none");

  private final RelaySettings settings;
  private final SqlNotices notices;
  private final InstantSource clock;
  private final Map<Address, RelayServer> servers = new ConcurrentHashMap<>();

  /** Those who hear, by relay. */
  private final Map<String, List<RelayEndpoint>> folders = new ConcurrentHashMap<>();

  private final RandomGenerator random = RandomGenerator.getDefault();

  /** Made when a link first wants events: a client costs more than most servers ever use of it. */
  private Optional<StreamClient> streams = Optional.empty();

  /** Where a server is, what opens it, and how. */
  private record Address(URI server, Object key, Way way) {}

  RelayLinks(RelaySettings settings, SqlNotices notices, InstantSource clock) {
    this.settings = settings;
    this.notices = notices;
    this.clock = clock;
  }

  /**
   * A document changed. Every folder hears it, even if another could not write it down; durable
   * when it returns, if it concerns a folder here.
   *
   * @throws SyncException.Unavailable if a folder could not write it down
   */
  void hear(RelayEvent event) {
    Optional<SyncException.Unavailable> trouble = Optional.empty();
    for (RelayEndpoint folder : folders.getOrDefault(event.document().relay(), List.of())) {
      try {
        folder.hear(event);
      } catch (SyncException.Unavailable e) {
        trouble = Optional.of(e);
      }
    }
    if (trouble.isPresent()) {
      throw trouble.get();
    }
  }

  /**
   * Whether a link's settings can be put to use.
   *
   * @throws SyncException.Invalid if not
   */
  void check(LinkSettings.Place.Shared shared) {
    id(shared);
    server(shared);
  }

  /** Tries out what a link needs. */
  List<Finding> examine(LinkSettings.Place.Shared shared) {
    return RelayCheck.of(server(shared), id(shared));
  }

  /** A link. */
  LinkPlan plan(
      WorkspaceSettings workspace,
      LinkName name,
      LinkSettings.Place.Shared shared,
      Planner planner,
      Progress progress) {
    LinkSettings link = Objects.requireNonNull(workspace.links().get(name));
    Duration quiet = shared.rhythm().quiet().orElse(settings.quiet());
    var marks =
        new Marks(
            notices.of(workspace.name(), name),
            quiet,
            shared.rhythm().interval().orElse(settings.interval()),
            System::nanoTime);
    var folder =
        new SharedFolder(
            id(shared),
            workspace.authors(),
            workspace.author(),
            shared.message().orElse(SharedFolder.USUAL_MESSAGE),
            quiet.compareTo(SECOND_LOOK) > 0 ? quiet : SECOND_LOOK);
    var endpoint = new RelayEndpoint(folder, server(shared), marks, clock);
    return new LinkPlan(
        new Link(name, link.mapping(), planner, new Followed(endpoint, progress)),
        listener -> listen(shared, endpoint, marks, listener),
        jittered(link.reconcile()),
        progress);
  }

  /** Up to a tenth longer, so that folders that were started together don't all look together. */
  private Duration jittered(Duration time) {
    return time.plusMillis(random.nextLong(time.toMillis() / 10 + 1));
  }

  private static RelayId id(LinkSettings.Place.Shared shared) {
    return RelayId.parse(shared.id())
        .orElseThrow(() ->
            new SyncException.Invalid(
                "`"
                    + shared.id()
                    + "` names no shared folder: write the relay's UUID, a hyphen and the"
                    + " folder's UUID"));
  }

  private RelayServer server(LinkSettings.Place.Shared shared) {
    URI base = base(shared);
    Secret key = key(shared);
    Object opener = key.file().<Object>map(file -> file).orElse(key);
    Way way =
        switch (shared.events()) {
          case WEBHOOK -> Way.REQUEST;
          case WEBSOCKET -> Way.SOCKET;
        };
    return servers.computeIfAbsent(
        new Address(base, opener, way), _ -> new RelayServer(base, key, way, clock));
  }

  private URI base(LinkSettings.Place.Shared shared) {
    return shared
        .server()
        .or(settings::server)
        .orElseThrow(() ->
            new SyncException.Invalid(
                "which Relay Server? Set relay.server (RELAY_SERVER_URL), or `server` of the"
                    + " link"));
  }

  /** Without a key every server but an open one refuses; then the link says so. */
  private Secret key(LinkSettings.Place.Shared shared) {
    return shared.key().or(settings::key).orElse(NO_KEY);
  }

  private Watch.Watching listen(
      LinkSettings.Place.Shared shared,
      RelayEndpoint endpoint,
      Marks marks,
      Consumer<Hints> listener) {
    RelayWatch watch = RelayWatch.start(endpoint, marks, listener);
    folders.computeIfAbsent(id(shared).relay(), _ -> new CopyOnWriteArrayList<>()).add(endpoint);
    return switch (shared.events()) {
      case WEBHOOK -> new Listening(endpoint, watch, Optional.empty());
      case WEBSOCKET ->
          new Listening(
              endpoint,
              watch,
              Optional.of(
                  EventStream.start(
                      new StreamSource(base(shared), key(shared), id(shared)),
                      streams(),
                      this::hear,
                      () -> listener.accept(new Hints.Everywhere()))));
    };
  }

  /** One folder's ears. */
  private final class Listening implements Watch.Watching {

    private final RelayEndpoint endpoint;
    private final RelayWatch watch;
    private final Optional<EventStream> stream;

    Listening(RelayEndpoint endpoint, RelayWatch watch, Optional<EventStream> stream) {
      this.endpoint = endpoint;
      this.watch = watch;
      this.stream = stream;
    }

    @Override
    public void ended(Run run) {
      endpoint.ended(run.outcome() instanceof Outcome.Equal);
    }

    @Override
    public Optional<String> problem() {
      return stream.flatMap(EventStream::problem).or(endpoint::problem);
    }

    @Override
    public void close() {
      folders.values().forEach(ears -> ears.remove(endpoint));
      stream.ifPresent(EventStream::close);
      watch.close();
    }
  }

  @Override
  public void close() {
    servers.values().forEach(RelayServer::close);
    closeStreams();
  }

  private synchronized StreamClient streams() {
    StreamClient client =
        streams.orElseGet(() ->
            new StreamClient(
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build(),
                StreamPace.USUAL,
                random));
    streams = Optional.of(client);
    return client;
  }

  private synchronized void closeStreams() {
    streams.map(StreamClient::http).ifPresent(HttpClient::shutdownNow);
    streams.map(StreamClient::http).ifPresent(HttpClient::close);
  }
}

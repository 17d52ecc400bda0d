package dev.syncline.server.app;

import dev.syncline.core.flow.Link;
import dev.syncline.core.merge.ByRecord;
import dev.syncline.core.merge.LaidOutAsTheirs;
import dev.syncline.core.merge.MergePolicy;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.merge.OnClash;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Hints;
import dev.syncline.server.config.ApiSettings;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.endpoint.jsonapi.Category;
import dev.syncline.server.endpoint.jsonapi.Credentials;
import dev.syncline.server.endpoint.jsonapi.JsonApiCheck;
import dev.syncline.server.endpoint.jsonapi.JsonApiEndpoint;
import dev.syncline.server.endpoint.jsonapi.JsonApiWatch;
import dev.syncline.server.endpoint.jsonapi.JsonForm;
import dev.syncline.server.endpoint.jsonapi.Offer;
import dev.syncline.server.endpoint.jsonapi.RecordForm;
import dev.syncline.server.endpoint.jsonapi.Source;
import dev.syncline.server.endpoint.jsonapi.horde.TextModels;
import dev.syncline.server.workspace.Followed;
import dev.syncline.server.workspace.LinkPlan;
import dev.syncline.server.workspace.Progress;
import dev.syncline.server.workspace.Watch;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The links to JSON APIs. Thread-safe: immutable. */
record ApiLinks(InstantSource clock) {

  /** A link. */
  LinkPlan plan(LinkName name, LinkSettings link, Source source, Planner planner) {
    var progress = new Progress();
    var endpoint = new JsonApiEndpoint(source, clock);
    Optional<Source.LastUpdated> updates =
        link.place() instanceof LinkSettings.Place.Api(ApiSettings api)
            ? api.lastUpdated().map(ApiLinks::updates)
            : Optional.empty();
    return new LinkPlan(
        new Link(name, link.mapping(), planner, new Followed(endpoint, progress)),
        updates
            .<Watch>map(it -> listener -> new Listening(endpoint, it, listener))
            .orElse(Watch.NONE),
        link.reconcile(),
        progress);
  }

  /** Asks for what a link reads. */
  List<Finding> examine(ApiSettings api, Author author) {
    return JsonApiCheck.of(source(api, author), clock);
  }

  /** The source that settings describe. */
  static Source source(ApiSettings api, Author author) {
    return new Source(
        api.base(),
        api.categories().entrySet().stream()
            .map(it -> category(it.getKey(), it.getValue()))
            .toList(),
        new Credentials(api.access().headers(), api.access().user(), api.access().token()),
        api.limits().timeout(),
        api.limits().mostLost() / 100.0,
        author,
        offer(api.offered()));
  }

  private static Offer offer(ApiSettings.Offered offered) {
    if (offered.file().isPresent()) {
      return new Offer.InFile(offered.file().get());
    }
    var requests = new EnumMap<Offer.Kind, Offer.Request>(Offer.Kind.class);
    offered.added().ifPresent(it -> requests.put(Offer.Kind.ADDED, request(it)));
    offered.changed().ifPresent(it -> requests.put(Offer.Kind.CHANGED, request(it)));
    offered.removed().ifPresent(it -> requests.put(Offer.Kind.REMOVED, request(it)));
    return requests.isEmpty() ? new Offer.Nothing() : new Offer.ByRequest(requests);
  }

  private static Offer.Request request(String text) {
    int blank = text.indexOf(' ');
    return new Offer.Request(text.substring(0, blank), text.substring(blank + 1));
  }

  /**
   * The policies of a link: where its workspace has a source of data, what that speaks of is merged
   * by record.
   */
  static Policies policies(WorkspaceSettings settings, LinkSettings link) {
    Policies usual = NamedPolicy.rules(settings.policies());
    int written = settings.policies().size();
    Stream<Policies.Rule> records =
        settings.links().values().stream()
            .flatMap(source ->
                source.place() instanceof LinkSettings.Place.Api(ApiSettings api)
                    ? records(api, source, link)
                    : Stream.empty());
    return new Policies(
        Stream.of(
                usual.rules().stream().limit(written),
                records,
                usual.rules().stream().skip(written))
            .flatMap(rules -> rules)
            .toList(),
        usual.otherwise());
  }

  private static Stream<Policies.Rule> records(
      ApiSettings api, LinkSettings source, LinkSettings link) {
    boolean isSource = source.equals(link);
    OnClash onClash =
        switch (api.clash()) {
          case SOURCE -> isSource ? OnClash.THEIRS : OnClash.OURS;
          case GIT -> isSource ? OnClash.OURS : OnClash.THEIRS;
          case MERGE -> OnClash.WAIT_FIELD;
          case HOLD -> OnClash.WAIT_RECORD;
        };
    return api.categories().values().stream()
        .flatMap(it ->
            source.mapping().toLedger(it.file()).flatMap(link.mapping()::toEndpoint).stream()
                .map(path ->
                    new Policies.Rule(
                        Glob.only(path),
                        policy(new ByRecord(form(it).records(), onClash), isSource))));
  }

  private static MergePolicy policy(ByRecord byRecord, boolean isSource) {
    return isSource ? byRecord : new LaidOutAsTheirs(byRecord);
  }

  private static RecordForm form(ApiSettings.Category it) {
    return switch (it.form()) {
      case JSON -> new JsonForm(it.id());
      case HORDE_TEXT -> new TextModels();
    };
  }

  private static Category category(String name, ApiSettings.Category it) {
    return new Category(
        name,
        it.address(),
        it.file(),
        new Category.AnswerShape(it.id(), it.records(), it.next().map(ApiLinks::next)),
        it.schema(),
        form(it));
  }

  private static Category.Next next(String text) {
    return switch (text) {
      case "link" -> new Category.Next.LinkHeader();
      case String pointer when pointer.startsWith("/") -> new Category.Next.Field(pointer);
      case String page -> new Category.Next.PageNumber(page.substring("page ".length()));
    };
  }

  private static Source.LastUpdated updates(ApiSettings.LastUpdated it) {
    return new Source.LastUpdated(it.address(), it.pointer(), it.interval());
  }

  /** One source's ears. */
  private static final class Listening implements Watch.Watching {

    private final JsonApiWatch watch;

    Listening(JsonApiEndpoint endpoint, Source.LastUpdated updates, Consumer<Hints> listener) {
      this.watch = JsonApiWatch.start(endpoint, updates, listener);
    }

    @Override
    public void ended(Run run) {
      watch.ended(run.outcome() instanceof Outcome.Equal);
    }

    @Override
    public Optional<String> problem() {
      return watch.problem();
    }

    @Override
    public void close() {
      watch.close();
    }
  }
}

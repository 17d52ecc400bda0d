package dev.syncline.server.app;

import dev.syncline.core.flow.Link;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.port.Derivation;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.PullRequests;
import dev.syncline.server.app.checkup.Remotes;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.LinkSettings.Access;
import dev.syncline.server.config.LinkSettings.Place;
import dev.syncline.server.config.PullRequestSettings;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.endpoint.jsonapi.horde.TextModels;
import dev.syncline.server.endpoint.proposal.ProposalEndpoint;
import dev.syncline.server.endpoint.proposal.ProposalSettings;
import dev.syncline.server.endpoint.proposal.Threshold;
import dev.syncline.server.endpoint.proposal.Wording;
import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.forge.ForgeRepository;
import dev.syncline.server.forge.Forges;
import dev.syncline.server.forge.GitHubApp;
import dev.syncline.server.forge.InstallationTokens;
import dev.syncline.server.forge.Login;
import dev.syncline.server.forge.Pause;
import dev.syncline.server.ledger.PartialRepository;
import dev.syncline.server.ledger.remote.BranchWatch;
import dev.syncline.server.ledger.remote.Credentials;
import dev.syncline.server.ledger.remote.GitProposalBranch;
import dev.syncline.server.ledger.remote.RemoteSpec;
import dev.syncline.server.workspace.LinkPlan;
import dev.syncline.server.workspace.Progress;
import dev.syncline.server.workspace.Watch;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The links that propose their changes. Thread-safe. */
final class ProposalLinks implements AutoCloseable {

  private final Remotes remotes;

  /** Made when the first link needs it. */
  private Optional<Forges> forges = Optional.empty();

  ProposalLinks(Remotes remotes) {
    this.remotes = remotes;
  }

  /**
   * Whether settings can be put to use, as far as that can be told without their secrets.
   *
   * @throws SyncException.Invalid if not
   */
  void check(Place.Reviewed place) {
    remotes.check(place.branch());
    repository(place);
  }

  /** A link. */
  LinkPlan plan(
      WorkspaceSettings settings,
      LinkName name,
      Place.Reviewed place,
      Planner planner,
      Ledger ledger) {
    LinkSettings link = Optional.ofNullable(settings.links().get(name)).orElseThrow();
    var progress = new Progress();
    Login login = login(place);
    RemoteSpec spec = spec(name, place, login);
    var sources = new DataSources(settings, link.mapping());
    ProposalSettings proposals = proposals(settings, link, place, sources);
    Path copy =
        remotes
            .dataDir()
            .resolve("workspaces")
            .resolve(settings.name().value())
            .resolve("proposals")
            .resolve(name.value());
    var branch =
        new GitProposalBranch(
            PartialRepository.open(copy, settings.author()),
            spec,
            proposals.branch(),
            remotes.clock(),
            progress::at);
    ProposalEndpoint endpoint =
        place
            .requests()
            .output()
            .map(folder -> ProposalEndpoint.inFolder(folder, branch, proposals))
            .orElseGet(() ->
                ProposalEndpoint.onForge(
                    branch,
                    forges().pullRequests(repository(place), login),
                    proposals,
                    new ProposalSource(sources, name, ledger, remotes.clock())));
    return new LinkPlan(
        new Link(name, link.mapping(), planner, endpoint),
        BranchWatch.canWatch(spec) ? WorkspaceAssembly.watching(spec) : Watch.NONE,
        link.reconcile(),
        progress);
  }

  private synchronized Forges forges() {
    if (forges.isEmpty()) {
      forges = Optional.of(new Forges(remotes.clock(), Pause.REAL));
    }
    return forges.get();
  }

  @Override
  public synchronized void close() {
    forges.ifPresent(Forges::close);
  }

  private static ForgeRepository repository(Place.Reviewed place) {
    PullRequestSettings.Host host = place.requests().host();
    return ForgeRepository.of(
        place.branch().url(),
        host.forge()
            .map(forge ->
                switch (forge) {
                  case GITHUB -> ForgeKind.GITHUB;
                  case GITLAB -> ForgeKind.GITLAB;
                  case GITEA -> ForgeKind.GITEA;
                }),
        host.api());
  }

  private Login login(Place.Reviewed place) {
    Optional<Login> own =
        place.requests().host().token().map(token -> new Login.Token(token::value));
    return own.orElseGet(() ->
        switch (place.branch().access()) {
          case Access.Token(String _, var token) -> new Login.Token(token::value);
          case Access.App app ->
              new Login.App(
                  new InstallationTokens(
                      new GitHubApp(app.id(), app.installation(), app.key()),
                      repository(place),
                      place.requests().company().teams().isEmpty()
                          ? GitHubApp.Purpose.PULL_REQUESTS
                          : GitHubApp.Purpose.PULL_REQUESTS_AND_TEAMS,
                      remotes.clock()));
          case Access.Open _, Access.Key _ -> new Login.Token(() -> nothingToShow(place));
        });
  }

  private static String nothingToShow(Place.Reviewed place) {
    throw new SyncException.Denied(
        "pull requests to "
            + place.branch().url()
            + " need a token: give the link a token-file, or its pull-request one of its own");
  }

  /** An app shows the same token for Git and for the API. */
  private RemoteSpec spec(LinkName name, Place.Reviewed place, Login login) {
    RemoteSpec spec = remotes.spec(name, place.branch());
    return place.branch().access() instanceof Access.App(String id, var _, var _, var _)
        ? new RemoteSpec(
            name,
            spec.url(),
            spec.branch(),
            new Credentials.Token("x-access-token", "the GitHub App " + id, login::token),
            spec.limits())
        : spec;
  }

  private static ProposalSettings proposals(
      WorkspaceSettings settings, LinkSettings link, Place.Reviewed place, DataSources sources) {
    PullRequestSettings requests = place.requests();
    List<Derivation> derived =
        requests.derived().stream()
            .map(it ->
                switch (it.by()) {
                  case HORDE -> TextModels.database(it.master());
                })
            .toList();
    Wording usual = Wording.usual(requests.wording().source().orElseGet(sources::name));
    return new ProposalSettings(
        place.branch().branch(),
        requests.branch().orElseGet(() -> "syncline/" + settings.name().value()),
        path -> link.mapping().toLedger(path).isPresent(),
        sources.forms(),
        derived,
        new Threshold(requests.fewest(), sources.fewest()),
        new Wording(
            requests.wording().title().orElse(usual.title()),
            requests.wording().body().orElse(usual.body()),
            usual.source()),
        new PullRequests.Company(
            requests.company().labels(),
            requests.company().reviewers(),
            requests.company().teams(),
            requests.company().assignees()));
  }
}

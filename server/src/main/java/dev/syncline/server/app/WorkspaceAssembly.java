package dev.syncline.server.app;

import dev.syncline.core.flow.Link;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.merge.Policies;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Journal;
import dev.syncline.core.port.Ledger;
import dev.syncline.server.app.checkup.Examination;
import dev.syncline.server.app.checkup.Remotes;
import dev.syncline.server.config.ApiSettings;
import dev.syncline.server.config.EncryptionSettings;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.SigningSettings;
import dev.syncline.server.config.WorkspaceFile;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.endpoint.folder.FolderEndpoint;
import dev.syncline.server.endpoint.folder.FolderSettings;
import dev.syncline.server.endpoint.folder.FolderWatch;
import dev.syncline.server.endpoint.git.GitEndpoint;
import dev.syncline.server.endpoint.sealed.AgeKeys;
import dev.syncline.server.endpoint.sealed.SealedEndpoint;
import dev.syncline.server.endpoint.sealed.SealedPolicy;
import dev.syncline.server.endpoint.sealed.Vault;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.LedgerSettings;
import dev.syncline.server.ledger.remote.BranchWatch;
import dev.syncline.server.ledger.remote.GitRemoteBranch;
import dev.syncline.server.ledger.remote.RemoteSpec;
import dev.syncline.server.ledger.signing.KeyFile;
import dev.syncline.server.ledger.signing.OpenPgpCommitSigner;
import dev.syncline.server.ledger.signing.SshCommitSigner;
import dev.syncline.server.state.Database;
import dev.syncline.server.state.SqlJournal;
import dev.syncline.server.workspace.Assembly;
import dev.syncline.server.workspace.Followed;
import dev.syncline.server.workspace.LinkPlan;
import dev.syncline.server.workspace.Progress;
import dev.syncline.server.workspace.Watch;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts workspaces together from the engines that they need. */
final class WorkspaceAssembly implements Assembly {

  private final Path dataDir;
  private final Database database;
  private final Author author;
  private final InstantSource clock;
  private final Remotes remotes;
  private final RelayLinks relays;
  private final ProposalLinks proposals;

  /**
   * @param author of changes whose author nobody knows
   * @param remotes how repositories elsewhere are reached, and where our own data is
   */
  WorkspaceAssembly(
      Database database,
      Author author,
      Remotes remotes,
      RelayLinks relays,
      ProposalLinks proposals) {
    this.dataDir = remotes.dataDir();
    this.database = database;
    this.author = author;
    this.clock = remotes.clock();
    this.remotes = remotes;
    this.relays = relays;
    this.proposals = proposals;
  }

  @Override
  public WorkspaceSettings settings(WorkspaceName name, String text) {
    WorkspaceSettings settings = WorkspaceFile.read(name, text, dataDir, author);
    NamedPolicy.rules(settings.policies());
    settings.encryption().ifPresent(AgeKeys::new);
    settings
        .links()
        .values()
        .forEach(link -> {
          switch (link.place()) {
            case LinkSettings.Place.Folder _ -> {}
            case LinkSettings.Place.Branch branch -> remotes.check(branch);
            case LinkSettings.Place.Shared shared -> relays.check(shared);
            case LinkSettings.Place.Reviewed reviewed -> proposals.check(reviewed);
            case LinkSettings.Place.Api _ -> {}
          }
        });
    return settings;
  }

  @Override
  public Ledger ledger(WorkspaceSettings settings, Path folder) {
    LedgerSettings usual = LedgerSettings.with(clock).withBranch(Checkout.branch(settings));
    GitLedger ledger =
        GitLedger.open(
            place(settings, folder),
            settings.signing().map(signing -> signed(usual, signing)).orElse(usual));
    try {
      Adoption.ifNeeded(settings, ledger, clock);
    } catch (RuntimeException e) {
      ledger.close();
      throw e;
    }
    return ledger;
  }

  @Override
  public Path place(WorkspaceSettings settings, Path usual) {
    return settings.repository().map(Checkout::ledger).orElse(usual);
  }

  private static LedgerSettings signed(LedgerSettings usual, SigningSettings signing) {
    var file =
        new KeyFile(signing.key(), signing.passphrase().map(passphrase -> passphrase::value));
    LedgerSettings signed =
        usual.withSigner(
            switch (signing.form()) {
              case SSH -> new SshCommitSigner(file);
              case OPENPGP -> new OpenPgpCommitSigner(file);
            });
    return signing.committer().map(signed::withCommitter).orElse(signed);
  }

  @Override
  public List<Finding> examine(WorkspaceSettings settings, Ledger ledger) {
    return new Examination(
            remotes,
            relays::examine,
            api -> new ApiLinks(clock).examine(api, settings.author()),
            settings,
            ledger)
        .findings();
  }

  @Override
  public Journal journal(WorkspaceName name) {
    return new SqlJournal(database, name, clock);
  }

  @Override
  public LinkPlan link(WorkspaceSettings settings, LinkName name, Ledger ledger) {
    LinkSettings link = settings.links().get(name);
    if (link == null) {
      throw new IllegalArgumentException(name + " is no link of " + settings.name());
    }
    Optional<Vault> vault = settings.encryption().map(it -> vault(settings, it, name, link));
    Policies policies = ApiLinks.policies(settings, link);
    var brakes = settings.safeguard();
    var planner =
        new Planner(
            link.direction(),
            vault.map(it -> SealedPolicy.around(policies, it, ledger)).orElse(policies),
            new Safeguard(brakes.files(), brakes.percent() / 100.0),
            name.value());
    var progress = new Progress();
    return switch (link.place()) {
      case LinkSettings.Place.Folder folder -> {
        boolean isCheckout = settings.isCheckout(folder.path());
        FolderSettings usual =
            FolderSettings.of(folder.path(), name, settings.author()).withQuiet(folder.quiet());
        FolderSettings there = isCheckout ? usual : usual.without(dataDir);
        FolderEndpoint endpoint = FolderEndpoint.of(there, clock);
        if (isCheckout && !endpoint.isAdopted()) {
          // It comes from a backup, or was taken away: it is made again, and nothing is deleted.
          ledger.forget(name);
        }
        if (ledger.base(name).at().equals(Instant.EPOCH)) {
          endpoint.adopt();
        }
        Endpoint clear =
            vault.<Endpoint>map(it -> new SealedEndpoint(endpoint, it)).orElse(endpoint);
        yield new LinkPlan(
            new Link(name, link.mapping(), planner, new Followed(clear, progress)),
            listener -> {
              var watch = FolderWatch.start(there, listener);
              var watched = new Watched(watch::problem, watch::close);
              return isCheckout ? new Checkout(watched, (GitLedger) ledger) : watched;
            },
            link.reconcile(),
            progress);
      }
      case LinkSettings.Place.Shared shared ->
          relays.plan(settings, name, shared, planner, progress);
      case LinkSettings.Place.Api(ApiSettings api) ->
          new ApiLinks(clock).plan(name, link, ApiLinks.source(api, settings.author()), planner);
      case LinkSettings.Place.Reviewed reviewed ->
          proposals.plan(settings, name, reviewed, planner, ledger);
      case LinkSettings.Place.Branch branch -> {
        RemoteSpec spec = remotes.spec(name, branch);
        var remote = new GitRemoteBranch((GitLedger) ledger, spec, clock, progress::at);
        var endpoint = new GitEndpoint(remote, () -> ledger.base(name).tip());
        yield new LinkPlan(
            new Link(name, link.mapping(), planner, endpoint),
            BranchWatch.canWatch(spec) ? watching(spec) : Watch.NONE,
            link.reconcile(),
            progress);
      }
    };
  }

  private Vault vault(
      WorkspaceSettings settings, EncryptionSettings encryption, LinkName name, LinkSettings link) {
    return new Vault(
        new AgeKeys(encryption),
        path -> link.mapping().toLedger(path).filter(encryption::concerns).isPresent(),
        dataDir
            .resolve("workspaces")
            .resolve(settings.name().value())
            .resolve("sealed")
            .resolve(name.value()));
  }

  static Watch watching(RemoteSpec spec) {
    return listener -> {
      var watch = BranchWatch.start(spec, () -> listener.accept(new Hints.Everywhere()));
      return new Watched(watch::problem, watch::close);
    };
  }

  private record Watched(Supplier<Optional<String>> state, Runnable end) implements Watch.Watching {
    @Override
    public Optional<String> problem() {
      return state.get();
    }

    @Override
    public void close() {
      end.run();
    }
  }
}

package dev.syncline.server.app;

import dev.syncline.core.flow.Link;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Journal;
import dev.syncline.core.port.Ledger;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.Secret;
import dev.syncline.server.config.SigningSettings;
import dev.syncline.server.config.WorkspaceFile;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.endpoint.folder.FolderEndpoint;
import dev.syncline.server.endpoint.folder.FolderSettings;
import dev.syncline.server.endpoint.folder.FolderWatch;
import dev.syncline.server.endpoint.git.GitEndpoint;
import dev.syncline.server.forge.GitHubApp;
import dev.syncline.server.forge.InstallationTokens;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.LedgerSettings;
import dev.syncline.server.ledger.remote.Credentials;
import dev.syncline.server.ledger.remote.FetchProgress;
import dev.syncline.server.ledger.remote.GitRemoteBranch;
import dev.syncline.server.ledger.remote.KnownHosts;
import dev.syncline.server.ledger.remote.RemoteLimits;
import dev.syncline.server.ledger.remote.RemoteSpec;
import dev.syncline.server.ledger.remote.RemoteUrl;
import dev.syncline.server.ledger.signing.KeyFile;
import dev.syncline.server.ledger.signing.OpenPgpCommitSigner;
import dev.syncline.server.ledger.signing.SshCommitSigner;
import dev.syncline.server.state.Database;
import dev.syncline.server.state.SqlJournal;
import dev.syncline.server.workspace.Assembly;
import dev.syncline.server.workspace.LinkPlan;
import dev.syncline.server.workspace.Watch;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Puts workspaces together from the engines that they need. */
final class WorkspaceAssembly implements Assembly {

  private final Path dataDir;
  private final Database database;
  private final Author author;
  private final InstantSource clock;

  /**
   * @param author of changes whose author nobody knows
   */
  WorkspaceAssembly(Path dataDir, Database database, Author author, InstantSource clock) {
    this.dataDir = dataDir;
    this.database = database;
    this.author = author;
    this.clock = clock;
  }

  @Override
  public WorkspaceSettings settings(WorkspaceName name, String text) {
    WorkspaceSettings settings = WorkspaceFile.read(name, text, dataDir, author);
    NamedPolicy.rules(settings.policies());
    settings
        .links()
        .values()
        .forEach(link -> {
          if (link.place() instanceof LinkSettings.Place.Branch branch) {
            credentials(branch);
          }
        });
    return settings;
  }

  @Override
  public Ledger ledger(WorkspaceSettings settings, Path folder) {
    LedgerSettings usual = LedgerSettings.with(clock);
    return GitLedger.open(
        folder, settings.signing().map(signing -> signed(usual, signing)).orElse(usual));
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
  public Journal journal(WorkspaceName name) {
    return new SqlJournal(database, name, clock);
  }

  @Override
  public LinkPlan link(WorkspaceSettings settings, LinkName name, Ledger ledger) {
    LinkSettings link = settings.links().get(name);
    if (link == null) {
      throw new IllegalArgumentException(name + " is no link of " + settings.name());
    }
    var brakes = settings.safeguard();
    var planner =
        new Planner(
            link.direction(),
            NamedPolicy.rules(settings.policies()),
            new Safeguard(brakes.files(), brakes.percent() / 100.0),
            name.value());
    return switch (link.place()) {
      case LinkSettings.Place.Folder folder -> {
        FolderSettings there =
            FolderSettings.of(folder.path(), name, settings.author()).withQuiet(folder.quiet());
        FolderEndpoint endpoint = FolderEndpoint.of(there, clock);
        if (ledger.base(name).at().equals(Instant.EPOCH)) {
          endpoint.adopt();
        }
        yield new LinkPlan(
            new Link(name, link.mapping(), planner, endpoint),
            listener -> new Watched(FolderWatch.start(there, listener)),
            link.reconcile());
      }
      case LinkSettings.Place.Branch branch -> {
        var remote =
            new GitRemoteBranch(
                (GitLedger) ledger,
                new RemoteSpec(
                    name, url(branch), branch.branch(), credentials(branch), RemoteLimits.USUAL),
                clock,
                FetchProgress.NONE);
        var endpoint = new GitEndpoint(remote, () -> ledger.base(name).tip());
        yield new LinkPlan(
            new Link(name, link.mapping(), planner, endpoint), Watch.NONE, link.reconcile());
      }
    };
  }

  private Credentials credentials(LinkSettings.Place.Branch branch) {
    RemoteUrl url = url(branch);
    return switch (branch.access()) {
      case LinkSettings.Access.Open() -> new Credentials.None();
      case LinkSettings.Access.Token(String user, Secret token) ->
          new Credentials.Token(user, "the token file", token::value);
      case LinkSettings.Access.App app ->
          new Credentials.Token("x-access-token", "the GitHub App " + app.id(), tokens(app, url));
      case LinkSettings.Access.Key(Path key, Optional<Secret> passphrase) ->
          Credentials.SshKey.ofFile(
              key,
              () -> passphrase.map(Secret::value),
              new KnownHosts(dataDir.resolve("known_hosts"), KnownHosts.FirstContact.REFUSE));
    };
  }

  private InstallationTokens tokens(LinkSettings.Access.App app, RemoteUrl url) {
    return new InstallationTokens(
        new GitHubApp(
            app.id(),
            app.installation(),
            app.key(),
            app.api().orElseGet(() -> GitHubApp.apiOf(url.hostAndPort())),
            url.repository()),
        clock);
  }

  private record Watched(FolderWatch folder) implements Watch.Watching {
    @Override
    public Optional<String> problem() {
      return folder.problem();
    }

    @Override
    public void close() {
      folder.close();
    }
  }

  private static RemoteUrl url(LinkSettings.Place.Branch branch) {
    return RemoteUrl.parse(branch.url(), Set.of(RemoteUrl.Allowed.FOLDERS));
  }
}

package dev.syncline.server.app.checkup;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Ledger;
import dev.syncline.server.config.ApiSettings;
import dev.syncline.server.config.EncryptionSettings;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.endpoint.folder.FolderCheck;
import dev.syncline.server.endpoint.folder.FolderSettings;
import dev.syncline.server.endpoint.sealed.VaultCheck;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.remote.FetchProgress;
import dev.syncline.server.ledger.remote.GitRemoteBranch;
import dev.syncline.server.ledger.remote.RemoteCheck;
import dev.syncline.server.ledger.remote.RemoteSpec;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Looks at everything that a workspace needs of its machine and of others; changes nothing. */
public final class Examination {

  private final Path dataDir;
  private final Remotes remotes;
  private final Function<LinkSettings.Place.Shared, List<Finding>> relays;
  private final Function<ApiSettings, List<Finding>> apis;
  private final WorkspaceSettings settings;
  private final GitLedger ledger;
  private final InstantSource clock;

  /**
   * @param relays looks at shared folders of Relay Servers
   * @param apis asks JSON APIs
   * @param ledger of the workspace
   */
  public Examination(
      Remotes remotes,
      Function<LinkSettings.Place.Shared, List<Finding>> relays,
      Function<ApiSettings, List<Finding>> apis,
      WorkspaceSettings settings,
      Ledger ledger) {
    this.remotes = remotes;
    this.relays = relays;
    this.apis = apis;
    this.dataDir = remotes.dataDir();
    this.clock = remotes.clock();
    this.settings = settings;
    this.ledger = (GitLedger) ledger;
  }

  /** All findings, those of the workspace as a whole first. */
  public List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    findings.add(author(settings.author()));
    findings.add(FolderCheck.room(dataDir).of("history"));
    settings.encryption().ifPresent(it -> findings.addAll(encryption(it)));
    settings
        .links()
        .forEach((name, link) ->
            findings.addAll(link(name, link).stream().map(it -> it.of("link " + name)).toList()));
    return findings;
  }

  private List<Finding> encryption(EncryptionSettings encryption) {
    List<LinkName> folders =
        settings.links().entrySet().stream()
            .filter(link -> link.getValue().place() instanceof LinkSettings.Place.Folder)
            .map(Map.Entry::getKey)
            .toList();
    return VaultCheck.of(encryption, folders, ledger).stream()
        .map(it -> it.of("encryption"))
        .toList();
  }

  private List<Finding> link(LinkName name, LinkSettings link) {
    return switch (link.place()) {
      case LinkSettings.Place.Folder folder -> {
        FolderSettings usual = FolderSettings.of(folder.path(), name, settings.author());
        boolean isCheckout = settings.isCheckout(folder.path());
        FolderSettings there = isCheckout ? usual : usual.without(dataDir);
        var findings = new ArrayList<>(FolderCheck.of(there));
        findings.addAll(new GitSettings(folder.path()).examine());
        yield findings;
      }
      case LinkSettings.Place.Shared shared -> relays.apply(shared);
      case LinkSettings.Place.Api(var api) -> apis.apply(api);
      case LinkSettings.Place.Reviewed(var branch, var _) -> branch(name, branch);
      case LinkSettings.Place.Branch branch -> branch(name, branch);
    };
  }

  private List<Finding> branch(LinkName name, LinkSettings.Place.Branch branch) {
    try {
      RemoteSpec spec = remotes.spec(name, branch);
      var remote = new GitRemoteBranch(ledger, spec, clock, FetchProgress.NONE);
      return RemoteCheck.of(remote, spec, clock);
    } catch (SyncException e) {
      return List.of(
          Finding.wrong(
              "settings",
              String.valueOf(e.getMessage()),
              "Change them: syncline workspace show, then add."));
    }
  }

  /** A host shows whose a commit is by its address. */
  private static Finding author(Author author) {
    String sentence = "changes whose author nobody knows are " + author + "'s";
    boolean isReal = author.email().matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    return isReal
        ? Finding.ok("author", sentence)
        : Finding.warning(
            "author",
            sentence,
            "Add a line to the workspace's file: author: Your Name <you@example.org>");
  }
}

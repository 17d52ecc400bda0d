package dev.syncline.server.app.checkup;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.Secret;
import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.forge.ForgeRepository;
import dev.syncline.server.forge.GitHubApp;
import dev.syncline.server.forge.InstallationTokens;
import dev.syncline.server.ledger.remote.Credentials;
import dev.syncline.server.ledger.remote.KnownHosts;
import dev.syncline.server.ledger.remote.LocalSsh;
import dev.syncline.server.ledger.remote.RemoteLimits;
import dev.syncline.server.ledger.remote.RemoteSpec;
import dev.syncline.server.ledger.remote.RemoteUrl;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How links to repositories elsewhere get at them.
 *
 * @param dataDir holds the known ssh hosts, and keys
 * @param sshKey for repositories over ssh whose link names none
 */
public record Remotes(Path dataDir, Optional<Secret> sshKey, InstantSource clock) {

  /**
   * What a link's settings say, put to use.
   *
   * @throws SyncException.Invalid if they can't be
   */
  public RemoteSpec spec(LinkName link, LinkSettings.Place.Branch branch) {
    return new RemoteSpec(
        link, url(branch), branch.branch(), credentials(branch), RemoteLimits.USUAL);
  }

  /**
   * Whether settings can be put to use, as far as that can be told without their secrets.
   *
   * @throws SyncException.Invalid if not
   */
  public void check(LinkSettings.Place.Branch branch) {
    Objects.requireNonNull(credentials(branch));
  }

  private static RemoteUrl url(LinkSettings.Place.Branch branch) {
    return RemoteUrl.parse(branch.url(), Set.of(RemoteUrl.Allowed.FOLDERS));
  }

  private Credentials credentials(LinkSettings.Place.Branch branch) {
    RemoteUrl url = url(branch);
    return switch (branch.access()) {
      case LinkSettings.Access.Open() ->
          url.scheme() == RemoteUrl.Scheme.SSH ? usualKey() : new Credentials.None();
      case LinkSettings.Access.Token(String user, Secret token) ->
          new Credentials.Token(user, "the token file", token::value);
      case LinkSettings.Access.App app ->
          new Credentials.Token("x-access-token", "the GitHub App " + app.id(), tokens(app, url));
      case LinkSettings.Access.Key(Path key, Optional<Secret> passphrase) ->
          Credentials.SshKey.ofFile(key, () -> passphrase.map(Secret::value), hosts());
    };
  }

  private Credentials usualKey() {
    if (sshKey.isPresent()) {
      return new Credentials.SshKey(
          "the setting ssh.private-key", sshKey.get()::value, Optional::empty, hosts());
    }
    return LocalSsh.usualFile(dataDir.resolve("ssh"))
        .<Credentials>map(file -> Credentials.SshKey.ofFile(file, hosts()))
        .orElseGet(Credentials.None::new);
  }

  private KnownHosts hosts() {
    return new KnownHosts(dataDir.resolve("known_hosts"), KnownHosts.FirstContact.REFUSE);
  }

  private InstallationTokens tokens(LinkSettings.Access.App app, RemoteUrl url) {
    return new InstallationTokens(
        new GitHubApp(app.id(), app.installation(), app.key()),
        ForgeRepository.of(url.text(), Optional.of(ForgeKind.GITHUB), app.api()),
        GitHubApp.Purpose.CONTENTS,
        clock);
  }
}

package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.File;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * The connections of one talk with one host over ssh: with the one key of the link, to a host that
 * {@link HostKeys} accepts, and with nothing of the user's: no ~/.ssh, no agent, no configuration.
 * Confined to the thread that talks.
 */
final class SshConnections extends SshSessionFactory implements AutoCloseable {

  private final SshdSessionFactory sessions;
  private final HostKeys hosts;
  private final RemoteLimits limits;
  private final AtomicReference<Heard> heard = new AtomicReference<>(new Heard());

  SshConnections(RemoteUrl remote, Credentials.SshKey key, RemoteLimits limits, File home) {
    this.limits = limits;
    this.hosts = new HostKeys(remote, key.hosts());
    List<KeyPair> keys = SshPrivateKeys.read(key.from(), key.key().get(), key.passphrase().get());
    this.sessions =
        new SshdSessionFactoryBuilder()
            .setHomeDirectory(home)
            .setSshDirectory(home)
            .setConfigFile(folder -> null)
            .setConfigStoreFactory((folder, file, user) -> null)
            .setDefaultKnownHostsFiles(folder -> List.of())
            .setDefaultIdentities(folder -> List.of())
            .setDefaultKeysProvider(folder -> keys)
            .setServerKeyDatabase((folder, ssh) -> hosts)
            .setPreferredAuthentications("publickey")
            .setConnectorFactory(null)
            .build(null);
  }

  /** Why the host was refused, if it was. */
  Optional<SyncException> refusal() {
    return hosts.refusal();
  }

  /** What the host's program said beside the protocol; empty if nothing. */
  String words() {
    return heard.get().text();
  }

  @Override
  public RemoteSession getSession(
      URIish uri, CredentialsProvider credentials, FS files, int ignored)
      throws TransportException {
    int connect = Math.toIntExact(limits.connect().toMillis());
    return heard.get().over(sessions.getSession(uri, credentials, files, connect));
  }

  @Override
  public String getType() {
    return sessions.getType();
  }

  @Override
  public void close() {
    sessions.close();
  }
}

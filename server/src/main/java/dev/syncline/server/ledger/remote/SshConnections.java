package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
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
    SshEd25519.register();
    this.limits = limits;
    this.hosts = new HostKeys(remote, key.hosts());
    List<KeyPair> keys = load(key);
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

  private static List<KeyPair> load(Credentials.SshKey key) {
    byte[] text = key.key().get().getBytes(StandardCharsets.UTF_8);
    Optional<String> passphrase = key.passphrase().get();
    try {
      var pairs = new ArrayList<KeyPair>();
      var loaded =
          SecurityUtils.loadKeyPairIdentities(
              null,
              NamedResource.ofName(key.from()),
              new ByteArrayInputStream(text),
              passphrase.map(FilePasswordProvider::of).orElse(FilePasswordProvider.EMPTY));
      if (loaded != null) {
        loaded.forEach(pairs::add);
      }
      if (pairs.isEmpty()) {
        throw new SyncException.Denied(key.from() + " holds no private ssh key");
      }
      return pairs;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      if (e instanceof SyncException known) {
        throw known;
      }
      // Without the cause: nobody can promise what of the key is in its text.
      throw new SyncException.Denied(
          "the key in "
              + key.from()
              + " can't be read: it has to be an Ed25519, ECDSA or RSA key"
              + (passphrase.isPresent() ? ", and the passphrase its own" : " without passphrase"));
    }
  }
}

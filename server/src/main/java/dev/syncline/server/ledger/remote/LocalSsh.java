package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Secret;
import dev.syncline.server.view.Ssh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** The keys in a data directory, and its file of known hosts. */
public final class LocalSsh implements Ssh {

  private static final long PATIENCE_MILLIS = 10_000;
  private static final String ANYBODY = "syncline";

  /** What is asked for, one connection each: a host shows the first that it has. */
  private static final List<List<String>> KINDS =
      List.of(
          List.of("ssh-ed25519"),
          List.of("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
          List.of("rsa-sha2-512", "rsa-sha2-256"));

  /** Names of keys that open what no link names a key for; the first one that is there counts. */
  private static final List<String> USUAL = List.of("git_sync_key", "id_ed25519", "id_rsa");

  private final Path folder;
  private final Path known;
  private final Optional<Secret> given;

  /**
   * @param dataDir where the folder {@code ssh} and the file {@code known_hosts} are, or will be
   * @param given a private key that goes before those of the folder
   */
  public LocalSsh(Path dataDir, Optional<Secret> given) {
    this.given = given;
    this.folder = dataDir.resolve("ssh").toAbsolutePath().normalize();
    this.known = dataDir.resolve("known_hosts").toAbsolutePath().normalize();
  }

  @Override
  public Key generate(String name, Kind kind, String comment) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") || name.endsWith(".pub")) {
      throw new SyncException.Invalid(
          "a key's name is of letters, digits and . _ -, and doesn't end in .pub");
    }
    Path file = folder.resolve(name);
    var keys = new SshKeys(new SecureRandom());
    String line =
        switch (kind) {
          case ED25519 -> keys.generate(file, comment);
          case RSA -> keys.generateRsa(file, comment);
        };
    return key(file, line);
  }

  @Override
  public List<Key> keys() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".pub"))
          .map(file ->
              file.resolveSibling(file.getFileName().toString().replaceFirst("[.]pub$", "")))
          .filter(Files::exists)
          .sorted()
          .map(file -> key(file, SshKeys.publicKey(file)))
          .toList();
    } catch (IOException e) {
      throw new SyncException.Denied(folder + " can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Key> usual() {
    return given
        .map(LocalSsh::key)
        .or(() -> usualFile(folder).map(it -> key(it, SshKeys.publicKey(it))));
  }

  /** The file of the key that opens what no link names a key for; empty if there is none. */
  public static Optional<Path> usualFile(Path folder) {
    return USUAL.stream().map(folder::resolve).filter(Files::exists).findFirst();
  }

  private static Key key(Secret secret) {
    String from = "the setting ssh.private-key";
    PublicKey key =
        SshPrivateKeys.read(from, secret.value(), Optional.empty()).getFirst().getPublic();
    return new Key(
        "SSH_PRIVATE_KEY",
        Path.of(from),
        PublicKeyEntry.toString(key),
        KeyUtils.getFingerPrint(key));
  }

  @Override
  public List<HostKey> ask(String host, int port) {
    SshEd25519.register();
    Map<String, HostKey> shown = new LinkedHashMap<>();
    Throwable trouble = new IOException("it shows no key");
    for (List<String> kind : KINDS) {
      try {
        ask(host, port, kind)
            .ifPresent(key -> {
              HostKey line = hostKey(key);
              shown.put(line.line(), line);
            });
      } catch (IOException e) {
        trouble = root(e);
      }
    }
    if (shown.isEmpty()) {
      throw new SyncException.Unavailable(
          "no ssh host answers at " + host + ":" + port + ": check the name, the port and the net",
          trouble);
    }
    return List.copyOf(shown.values());
  }

  @Override
  public void trust(String host, int port, List<HostKey> keys) {
    RemoteUrl url =
        RemoteUrl.parse("ssh://" + ANYBODY + "@" + host + ":" + port + "/any", Set.of());
    var hosts = new HostKeys(url, new KnownHosts(known, KnownHosts.FirstContact.REFUSE));
    try {
      for (HostKey key : keys) {
        hosts.trust(read(key.line()));
      }
    } catch (IOException e) {
      throw new SyncException.Denied(known + " can't be written: " + e.getMessage(), e);
    }
  }

  @Override
  public Path knownHosts() {
    return known;
  }

  /** Goes only as far as the host's proof that the key is its own. */
  private static Optional<PublicKey> ask(String host, int port, List<String> kind)
      throws IOException {
    var shown = new AtomicReference<Optional<PublicKey>>(Optional.empty());
    try (SshClient client = SshClient.setUpDefaultClient()) {
      client.setSignatureFactoriesNames(kind);
      client.setServerKeyVerifier((session, from, key) -> {
        shown.set(Optional.of(key));
        return true;
      });
      client.start();
      try (ClientSession session =
          client.connect(ANYBODY, host, port).verify(PATIENCE_MILLIS).getSession()) {
        session.waitFor(
            Set.of(
                ClientSession.ClientSessionEvent.WAIT_AUTH,
                ClientSession.ClientSessionEvent.CLOSED),
            PATIENCE_MILLIS);
      }
    }
    return shown.get();
  }

  private static Throwable root(Throwable e) {
    return e.getCause() == null ? e : root(e.getCause());
  }

  private static Key key(Path file, String line) {
    return new Key(file.getFileName().toString(), file, line, KeyUtils.getFingerPrint(read(line)));
  }

  private static HostKey hostKey(PublicKey key) {
    String line = PublicKeyEntry.toString(key);
    return new HostKey(line.split(" ", 2)[0], KeyUtils.getFingerPrint(key), line);
  }

  private static PublicKey read(String line) {
    SshEd25519.register();
    try {
      return PublicKeyEntry.parsePublicKeyEntry(line)
          .resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new SyncException.Invalid("this is no public ssh key: " + line, e);
    }
  }
}

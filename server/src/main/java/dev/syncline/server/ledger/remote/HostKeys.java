package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an ssh host is the one that it says, by our own file of known hosts, and keeps
 * why not. For one talk with one host; called by its thread and the library's.
 */
final class HostKeys implements ServerKeyDatabase {

  private static final String REVOKED = "revoked";
  private static final int SSH_PORT = 22;

  private final RemoteUrl remote;
  private final KnownHosts known;
  private final AtomicReference<Optional<SyncException>> refusal =
      new AtomicReference<>(Optional.empty());

  HostKeys(RemoteUrl remote, KnownHosts known) {
    this.remote = remote;
    this.known = known;
  }

  /** Why the host was refused, if it was. */
  Optional<SyncException> refusal() {
    return refusal.get();
  }

  /** Whether some key of this host is trusted. */
  boolean isKnown() throws IOException {
    return entries().stream().anyMatch(entry -> entry.getMarker() == null);
  }

  /** Trusts a key of this host from now on. */
  void trust(PublicKey key) throws IOException {
    if (entries().stream()
        .filter(entry -> entry.getMarker() == null)
        .noneMatch(entry -> key(entry).filter(it -> KeyUtils.compareKeys(it, key)).isPresent())) {
      add(key);
    }
  }

  @Override
  public List<PublicKey> lookup(
      String connectAddress, InetSocketAddress remoteAddress, Configuration config) {
    return trusted();
  }

  /** The keys by which the host is known. */
  List<PublicKey> trusted() {
    try {
      return entries().stream()
          .filter(entry -> entry.getMarker() == null)
          .map(HostKeys::key)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      return List.of(); // accept() will meet it again, and say so.
    }
  }

  @Override
  public boolean accept(
      String connectAddress,
      InetSocketAddress remoteAddress,
      PublicKey shown,
      Configuration config,
      @Nullable CredentialsProvider provider) {
    Optional<SyncException> reason;
    try {
      reason = check(shown);
    } catch (IOException e) {
      reason =
          Optional.of(
              new SyncException.Unavailable(
                  "the known ssh hosts in " + known.file() + " can't be read or written", e));
    }
    refusal.set(reason);
    return reason.isEmpty();
  }

  private Optional<SyncException> check(PublicKey shown) throws IOException {
    List<KnownHostEntry> entries = entries();
    var trusted = new ArrayList<PublicKey>();
    for (KnownHostEntry entry : entries) {
      Optional<PublicKey> key = key(entry);
      boolean same = key.isPresent() && KeyUtils.compareKeys(key.get(), shown);
      if (same && REVOKED.equals(entry.getMarker())) {
        return denied("shows a key that is marked as revoked in " + known.file(), shown);
      }
      if (entry.getMarker() == null) {
        key.ifPresent(trusted::add);
      }
    }
    if (trusted.stream().anyMatch(key -> KeyUtils.compareKeys(key, shown))) {
      return Optional.empty();
    }
    if (!trusted.isEmpty()) {
      return denied(
          "shows another key than before: either it was set up anew, or somebody stands between us."
              + " Ask its owner, and only then accept it with: "
              + command(shown),
          shown);
    }
    return switch (known.firstContact()) {
      case REFUSE ->
          denied(
              "was never seen before. Compare the fingerprint with what its owner publishes, then"
                  + " accept it with: "
                  + command(shown),
              shown);
      case ACCEPT -> {
        add(shown);
        yield Optional.empty();
      }
    };
  }

  private Optional<SyncException> denied(String what, PublicKey shown) {
    return Optional.of(
        new SyncException.Denied(
            "the ssh host "
                + remote.hostAndPort()
                + " with the key "
                + KeyUtils.getFingerPrint(shown)
                + " "
                + what));
  }

  private String command(PublicKey shown) {
    return "syncline ssh trust "
        + remote.hostAndPort()
        + " --fingerprint "
        + KeyUtils.getFingerPrint(shown);
  }

  /** What our file says of the host; where that says nothing, what hosts publish. */
  private List<KnownHostEntry> entries() throws IOException {
    List<KnownHostEntry> own =
        Files.exists(known.file())
            ? entries(Files.readString(known.file(), StandardCharsets.ISO_8859_1))
            : List.of();
    return own.isEmpty() ? entries(published()) : own;
  }

  private static String published() throws IOException {
    try (InputStream in = HostKeys.class.getResourceAsStream("known_hosts")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  /** A line that can't be read trusts nobody, and keeps none of the others from being read. */
  private List<KnownHostEntry> entries(String text) {
    int port = remote.port() < 0 ? SSH_PORT : remote.port();
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .flatMap(line -> parse(line).stream())
        .filter(entry -> entry.isHostMatch(host(), port))
        .toList();
  }

  private static Optional<KnownHostEntry> parse(String line) {
    try {
      return Optional.ofNullable(KnownHostEntry.parseKnownHostEntry(line));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** An IPv6 address is in brackets in a URL, and without them in the file. */
  private String host() {
    return remote.host().replaceAll("[\\[\\]]", "");
  }

  private static Optional<PublicKey> key(KnownHostEntry entry) {
    try {
      return Optional.ofNullable(
          entry.getKeyEntry().resolvePublicKey(null, null, PublicKeyEntryResolver.IGNORING));
    } catch (IOException | GeneralSecurityException e) {
      return Optional.empty(); // A kind of key that we don't know can't be the host's either.
    }
  }

  /** One write, so that others who add at the same moment don't get in between. */
  private void add(PublicKey key) throws IOException {
    String pattern =
        remote.port() < 0 || remote.port() == SSH_PORT
            ? host()
            : "[" + host() + "]:" + remote.port();
    // A newline first: the file may be one that a person wrote, without one at its end.
    String line = "\n" + pattern + " " + PublicKeyEntry.toString(key) + "\n";
    Path file = known.file().toAbsolutePath();
    Files.createDirectories(file.resolveSibling("."));
    try (var out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(line);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }
}

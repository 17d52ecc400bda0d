package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.server.view.Ssh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real OpenSSH server and its ssh-keygen. */
final class LocalSshTest {

  @TempDir static Path sshFolder;
  private static SshHost host;

  @TempDir Path folder;
  private LocalSsh ssh;

  @BeforeAll
  static void startSshd() throws IOException {
    host = SshHost.start(sshFolder);
  }

  @AfterAll
  static void stopSshd() {
    if (host != null) {
      host.close();
    }
  }

  @BeforeEach
  void start() {
    ssh = new LocalSsh(folder, Optional.empty());
  }

  @Test
  void bothKindsOfKeysAreReadByOpenssh() throws IOException {
    for (Ssh.Kind kind : Ssh.Kind.values()) {
      Ssh.Key key = ssh.generate("id_" + kind, kind, "of the test");
      assertEquals(key.line(), keygen("-y", "-f", key.file().toString()));
      String shown = keygen("-l", "-f", key.file() + ".pub");
      assertTrue(
          shown.startsWith((kind == Ssh.Kind.RSA ? "4096 " : "256 ") + key.fingerprint()), shown);
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key.file())));
    }
    assertEquals(List.of("id_ED25519", "id_RSA"), ssh.keys().stream().map(Ssh.Key::name).toList());
    assertThrows(
        SyncException.Invalid.class, () -> ssh.generate("id_RSA", Ssh.Kind.RSA, "another"));
    assertThrows(SyncException.Invalid.class, () -> ssh.generate("../x", Ssh.Kind.ED25519, ""));
  }

  @Test
  void anRsaKeyOpensAHostThatIsTrusted() throws IOException {
    Ssh.Key key = ssh.generate("id_rsa", Ssh.Kind.RSA, "");
    host.authorize(key.line());
    Path remote = NativeGit.bare(folder.resolve("remote.git"));
    try (var stage = RemoteStage.in(folder)) {
      var hosts = new KnownHosts(ssh.knownHosts(), KnownHosts.FirstContact.REFUSE);
      var spec = RemoteStage.spec(host.url(remote), Credentials.SshKey.ofFile(key.file(), hosts));
      assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
      ssh.trust("127.0.0.1", host.port(), ssh.ask("127.0.0.1", host.port()));
      assertEquals(Optional.empty(), stage.fetch(spec));
    }
  }

  @Test
  void aHostsKeysAreShownAsItsOwnerSeesThem() throws IOException {
    List<Ssh.HostKey> shown = ssh.ask("127.0.0.1", host.port());
    assertEquals(List.of("ssh-ed25519"), shown.stream().map(Ssh.HostKey::type).toList());
    assertEquals(
        keygen("-l", "-f", host.hostKey().toString()).split(" ", -1)[1],
        shown.getFirst().fingerprint());
    ssh.trust("127.0.0.1", host.port(), shown);
    ssh.trust("127.0.0.1", host.port(), shown);
    assertEquals(
        1,
        Files.readAllLines(ssh.knownHosts()).stream().filter(line -> !line.isBlank()).count(),
        "trusted twice is written once");
    assertThrows(SyncException.Unavailable.class, () -> ssh.ask("127.0.0.1", 1));
  }

  private String keygen(String... arguments) {
    return NativeGit.run(
        folder, new byte[0], Stream.concat(Stream.of("ssh-keygen"), Stream.of(arguments)).toList());
  }
}

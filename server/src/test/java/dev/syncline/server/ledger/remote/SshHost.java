package dev.syncline.server.ledger.remote;

import dev.syncline.server.ledger.NativeGit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A real OpenSSH server on loopback, for the user that runs the tests. */
final class SshHost implements AutoCloseable {

  private final Path folder;
  private final int port;
  private final Process sshd;

  private SshHost(Path folder, int port, Process sshd) {
    this.folder = folder;
    this.port = port;
    this.sshd = sshd;
  }

  static SshHost start(Path folder) throws IOException {
    NativeGit.need("git", "sshd", "ssh-keygen");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("authorized_keys"), "");
    keygen(folder.resolve("host_ed25519"), "ed25519", "");
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Files.writeString(
        folder.resolve("sshd_config"),
        """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %s
        AuthorizedKeysFile %s
        PidFile none
        StrictModes no
        UsePAM no
        PermitRootLogin yes
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        AcceptEnv GIT_PROTOCOL
        SetEnv GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
        """
            .formatted(port, folder.resolve("host_ed25519"), folder.resolve("authorized_keys")));
    if ("root".equals(System.getProperty("user.name"))) {
      Files.createDirectories(Path.of("/run/sshd")); // sshd insists on it
    }
    String program = NativeGit.find("sshd").orElseThrow().toString();
    Process sshd =
        new ProcessBuilder(
                List.of(program, "-D", "-e", "-f", folder.resolve("sshd_config").toString()))
            .redirectErrorStream(true)
            .start();
    BufferedReader said = sshd.inputReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); ; line = said.readLine()) {
      if (line == null) {
        throw new AssertionError("sshd doesn't start");
      }
      if (line.contains("Server listening")) {
        break;
      }
    }
    Thread.ofVirtual().start(() -> drain(said));
    return new SshHost(folder, port, sshd);
  }

  /** Else it would wait for somebody to read. */
  private static void drain(BufferedReader said) {
    try {
      said.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // It has ended.
    }
  }

  static void keygen(Path file, String type, String passphrase) {
    NativeGit.run(
        file.toAbsolutePath().resolveSibling("."),
        new byte[0],
        List.of(
            "ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", "test", "-f", file.toString()));
  }

  String url(Path repository) {
    return "ssh://" + System.getProperty("user.name") + "@127.0.0.1:" + port + repository;
  }

  int port() {
    return port;
  }

  Path hostKey() {
    return folder.resolve("host_ed25519.pub");
  }

  void authorize(String publicLine) throws IOException {
    Files.writeString(
        folder.resolve("authorized_keys"), publicLine + "\n", StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    sshd.descendants().forEach(ProcessHandle::destroy);
    sshd.destroy();
    sshd.onExit().join();
  }
}

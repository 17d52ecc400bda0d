package dev.syncline.server.ledger.remote;

import static dev.syncline.server.ledger.remote.RemoteStage.said;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.server.ledger.remote.KnownHosts.FirstContact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A branch behind a real OpenSSH server. */
final class SshRemoteTest {

  @TempDir static Path sshFolder;
  private static SshHost host;

  @TempDir Path folder;
  private RemoteStage stage;
  private Path remote;
  private Path hosts;

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
  void start() throws IOException {
    stage = RemoteStage.in(folder);
    remote = NativeGit.bare(folder.resolve("remote.git"));
    hosts = folder.resolve("known/hosts");
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aKeyThatWeMadeOpensTheHost() throws IOException {
    Path key = folder.resolve("ours");
    host.authorize(new SshKeys(new SecureRandom()).generate(key, "syncline of the test"));
    mustFetchAndPush(spec(Credentials.SshKey.ofFile(key, accepting())));
  }

  @Test
  void keysOfSshKeygenOpenTheHost() throws IOException {
    for (String type : List.of("ed25519", "rsa", "ecdsa")) {
      Path key = folder.resolve(type);
      SshHost.keygen(key, type, "");
      host.authorize(Files.readString(folder.resolve(type + ".pub")));
      var spec = spec(Credentials.SshKey.ofFile(key, accepting()));
      assertEquals(Optional.empty(), stage.fetch(spec), type);
    }
  }

  @Test
  void anOldRsaKeyInPemFormOpensTheHost() throws IOException {
    Path key = folder.resolve("pem");
    SshHost.keygen(key, "rsa", "");
    host.authorize(Files.readString(folder.resolve("pem.pub")));
    NativeGit.run(
        folder,
        new byte[0],
        List.of("ssh-keygen", "-q", "-p", "-m", "PEM", "-N", "", "-P", "", "-f", key.toString()));
    assertTrue(Files.readString(key).contains("BEGIN RSA PRIVATE KEY"));
    assertEquals(Optional.empty(), stage.fetch(spec(Credentials.SshKey.ofFile(key, accepting()))));
  }

  @Test
  void anEncryptedKeyNeedsItsPassphrase() throws IOException {
    Path key = folder.resolve("locked");
    SshHost.keygen(key, "ed25519", "open sesame");
    host.authorize(Files.readString(folder.resolve("locked.pub")));
    String text = Files.readString(key);
    var right =
        new Credentials.SshKey("test", () -> text, () -> Optional.of("open sesame"), accepting());
    assertEquals(Optional.empty(), stage.fetch(spec(right)));
    for (Optional<String> passphrase :
        List.of(Optional.of("open barley"), Optional.<String>empty())) {
      var wrong = new Credentials.SshKey("test", () -> text, () -> passphrase, accepting());
      var denied = assertThrows(SyncException.Denied.class, () -> stage.fetch(spec(wrong)));
      assertFalse(said(denied).contains("barley"), said(denied));
    }
  }

  @Test
  void aKeyThatTheHostDoesNotKnowIsDenied() {
    Path key = folder.resolve("stranger");
    new SshKeys(new SecureRandom()).generate(key, "");
    var spec = spec(Credentials.SshKey.ofFile(key, accepting()));
    var denied = assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
    assertTrue(said(denied).contains("doesn't accept the key from the file " + key), said(denied));
  }

  @Test
  void aHostThatWasNeverSeenIsDeniedWithItsFingerprint() throws IOException {
    Path key = authorized();
    var strict = new KnownHosts(hosts, FirstContact.REFUSE);
    var spec = spec(Credentials.SshKey.ofFile(key, strict));
    var denied = assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
    String fingerprint =
        NativeGit.run(
                folder, new byte[0], List.of("ssh-keygen", "-l", "-f", host.hostKey().toString()))
            .split(" ", -1)[1];
    assertTrue(
        said(denied)
            .contains(
                "syncline ssh trust 127.0.0.1:" + host.port() + " --fingerprint " + fingerprint),
        said(denied));
    assertFalse(Files.exists(hosts));
  }

  @Test
  void aHostIsAcceptedOnceAndKnownFromThenOn() throws IOException {
    Path key = authorized();
    stage.fetch(spec(Credentials.SshKey.ofFile(key, accepting())));
    String known = Files.readString(hosts);
    assertTrue(known.strip().startsWith("[127.0.0.1]:" + host.port() + " ssh-ed25519 "), known);
    var strict = new KnownHosts(hosts, FirstContact.REFUSE);
    assertEquals(Optional.empty(), stage.fetch(spec(Credentials.SshKey.ofFile(key, strict))));
    assertEquals(known, Files.readString(hosts));
  }

  @Test
  void aKnownHostMayBeHashedAndStandAmongWhatCannotBeRead() throws IOException {
    var key = authorized();
    Files.createDirectories(folder.resolve("known"));
    Files.writeString(hosts, "[127.0.0.1]:" + host.port() + " " + Files.readString(host.hostKey()));
    NativeGit.run(folder, new byte[0], List.of("ssh-keygen", "-q", "-H", "-f", hosts.toString()));
    String hashed = Files.readString(hosts);
    assertTrue(hashed.startsWith("|1|"), hashed);
    Files.writeString(hosts, "# ours\n\nbroken\nhost no-such-type AAAA\n" + hashed);
    var strict = new KnownHosts(hosts, FirstContact.REFUSE);
    assertEquals(Optional.empty(), stage.fetch(spec(Credentials.SshKey.ofFile(key, strict))));
  }

  @Test
  void aHostWhoseKeyChangedIsDeniedEvenWhereNewOnesAreAccepted() throws IOException {
    Path key = authorized();
    Path other = folder.resolve("other");
    SshHost.keygen(other, "ed25519", "");
    Files.createDirectories(folder.resolve("known"));
    String line =
        "[127.0.0.1]:" + host.port() + " " + Files.readString(folder.resolve("other.pub"));
    Files.writeString(hosts, line);
    var spec = spec(Credentials.SshKey.ofFile(key, accepting()));
    var denied = assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
    assertTrue(said(denied).contains("shows another key than before"), said(denied));
    assertEquals(line, Files.readString(hosts));
  }

  @Test
  void aRevokedKeyOfAHostIsDenied() throws IOException {
    Path key = authorized();
    Files.createDirectories(folder.resolve("known"));
    Files.writeString(
        hosts, "@revoked [127.0.0.1]:" + host.port() + " " + Files.readString(host.hostKey()));
    var spec = spec(Credentials.SshKey.ofFile(key, accepting()));
    var denied = assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
    assertTrue(said(denied).contains("revoked"), said(denied));
  }

  @Test
  void aRepositoryThatIsNotThereIsDeniedInTheHostsWords() throws IOException {
    var key = Credentials.SshKey.ofFile(authorized(), accepting());
    var spec = RemoteStage.spec(host.url(folder.resolve("missing.git")), key);
    var denied = assertThrows(SyncException.Denied.class, () -> stage.fetch(spec));
    assertTrue(said(denied).contains("does not appear to be a git repository"), said(denied));
    String commit = stage.commit("one", Map.of("a", "1"), Optional.empty());
    assertThrows(SyncException.Denied.class, () -> stage.push(spec, commit, Optional.empty()));
  }

  @Test
  void aKeyThatMayOnlyReadIsDeniedToPush() throws IOException {
    Path key = folder.resolve("reader");
    String line = new SshKeys(new SecureRandom()).generate(key, "reader");
    host.authorize(
        "command=\"case $SSH_ORIGINAL_COMMAND in git-receive-pack*) echo 'ERROR: read only' >&2;"
            + " exit 1;; *) eval $SSH_ORIGINAL_COMMAND;; esac\" "
            + line);
    var spec = spec(Credentials.SshKey.ofFile(key, accepting()));
    assertEquals(Optional.empty(), stage.fetch(spec));
    String commit = stage.commit("one", Map.of("a", "1"), Optional.empty());
    var denied =
        assertThrows(SyncException.Denied.class, () -> stage.push(spec, commit, Optional.empty()));
    assertTrue(said(denied).contains("ERROR: read only"), said(denied));
  }

  @Test
  void aRefusalIsToldInTheHostsWords() throws IOException {
    Path hook = remote.resolve("hooks/pre-receive");
    Files.writeString(hook, "#!/bin/sh\necho 'not on Sundays' >&2\nexit 1\n");
    assertTrue(hook.toFile().setExecutable(true));
    var spec = spec(Credentials.SshKey.ofFile(authorized(), accepting()));
    String commit = stage.commit("one", Map.of("a", "1"), Optional.empty());
    var refused =
        assertInstanceOf(Pushed.Refused.class, stage.push(spec, commit, Optional.empty()));
    assertTrue(refused.reason().contains("not on Sundays"), refused.reason());
  }

  private void mustFetchAndPush(RemoteSpec spec) {
    String tip = NativeGit.commit(remote, "main", "one", Map.of("a.txt", "1"));
    assertEquals(Optional.of(tip), stage.fetch(spec));
    String ours = stage.commit("two", Map.of("a.txt", "2"), Optional.of(tip));
    assertInstanceOf(Pushed.Done.class, stage.push(spec, ours, Optional.of(tip)));
    assertEquals(ours, NativeGit.git(remote, "rev-parse", "refs/heads/main"));
    NativeGit.mustBeSound(remote);
    NativeGit.mustBeSound(stage.ledgerFolder());
  }

  private Path authorized() throws IOException {
    Path key = folder.resolve("authorized");
    host.authorize(new SshKeys(new SecureRandom()).generate(key, "test"));
    return key;
  }

  private KnownHosts accepting() {
    return new KnownHosts(hosts, FirstContact.ACCEPT);
  }

  private RemoteSpec spec(Credentials credentials) {
    return RemoteStage.spec(host.url(remote), credentials);
  }
}

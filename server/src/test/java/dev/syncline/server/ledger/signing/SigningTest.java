package dev.syncline.server.ledger.signing;

import static dev.syncline.testkit.LedgerSteps.ADA;
import static dev.syncline.testkit.LedgerSteps.BEN;
import static dev.syncline.testkit.LedgerSteps.LINK;
import static dev.syncline.testkit.LedgerSteps.agreed;
import static dev.syncline.testkit.LedgerSteps.changes;
import static dev.syncline.testkit.LedgerSteps.edit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Edit;
import dev.syncline.core.port.Head;
import dev.syncline.core.port.Recording.Theirs;
import dev.syncline.server.ledger.CommitSigner;
import dev.syncline.server.ledger.GitLedger;
import dev.syncline.server.ledger.LedgerSettings;
import dev.syncline.server.ledger.NativeGit;
import dev.syncline.testkit.LedgerSteps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits are signed so that Git, ssh-keygen and gpg themselves say so. */
final class SigningTest {

  private static final String WHO = "bot@example.org";
  private static final Author BOT = new Author("Bot", WHO);

  @TempDir Path folder;

  @BeforeEach
  void need() {
    NativeGit.need("git", "ssh-keygen", "gpg", "gpgconf");
  }

  @ParameterizedTest
  @CsvSource({"ed25519,", "ed25519,open sesame", "rsa,", "ecdsa,"})
  void sshSignsEveryCommit(String type, String passphrase) throws Exception {
    Path key = sshKey(type, Optional.ofNullable(passphrase).orElse(""));
    recordSome(new SshCommitSigner(file(key, Optional.ofNullable(passphrase))));
    Path allowed = folder.resolve("allowed");
    Files.writeString(allowed, WHO + " " + Files.readString(Path.of(key + ".pub")));
    for (String commit : commits()) {
      String said =
          ledger()
              .run("-c", "gpg.ssh.allowedSignersFile=" + allowed, "verify-commit", "-v", commit);
      assertTrue(said.contains("Good \"git\" signature for " + WHO), said);
    }
    ledger().mustBeSound();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "open sesame"})
  void openPgpSignsEveryCommit(String passphrase) throws Exception {
    try (var gpg = new Gpg()) {
      Path key = gpg.key(BOT, passphrase);
      recordSome(
          new OpenPgpCommitSigner(file(key, Optional.of(passphrase).filter(p -> !p.isEmpty()))));
      for (String commit : commits()) {
        String said = gpg.git(folder.resolve("ledger.git"), "verify-commit", "-v", commit);
        assertTrue(said.contains("Good signature from \"Bot <" + WHO + ">\""), said);
      }
      ledger().mustBeSound();
    }
  }

  @Test
  void aCommitThatWasChangedIsNotSignedAnyMore() throws Exception {
    Path key = sshKey("ed25519", "");
    recordSome(new SshCommitSigner(file(key, Optional.empty())));
    Path allowed = folder.resolve("allowed");
    Files.writeString(allowed, WHO + " " + Files.readString(Path.of(key + ".pub")));
    String commit = ledger().run("cat-file", "commit", "main");
    String forged =
        ledger()
            .feed(
                commit
                    .replace("Edit", "Evil")
                    .replace("Merge", "Evil")
                    .getBytes(StandardCharsets.UTF_8),
                "hash-object",
                "-t",
                "commit",
                "-w",
                "--stdin")
            .strip();
    var said =
        ledger()
            .attempt(
                List.of("-c", "gpg.ssh.allowedSignersFile=" + allowed, "verify-commit", forged),
                new byte[0]);
    assertNotEquals(0, said.code(), said::out);
  }

  @Test
  void aKeyThatCannotBeHadIsDeniedAndNothingIsRecorded() throws Exception {
    Path locked = sshKey("ed25519", "open sesame");
    Path none = Files.writeString(folder.resolve("none"), "nothing\n");
    var refused =
        List.of(
            new SshCommitSigner(file(folder.resolve("missing"), Optional.empty())),
            new SshCommitSigner(file(locked, Optional.empty())),
            new SshCommitSigner(file(locked, Optional.of("wrong"))),
            new SshCommitSigner(file(none, Optional.empty())),
            new OpenPgpCommitSigner(file(none, Optional.empty())),
            new OpenPgpCommitSigner(file(folder.resolve("missing"), Optional.empty())));
    for (CommitSigner signer : refused) {
      try (GitLedger ledger = open(signer)) {
        var steps = LedgerSteps.of(ledger);
        var denied =
            assertThrows(SyncException.Denied.class, () -> steps.record(steps.put("a", "1")));
        assertFalse(String.valueOf(denied.getMessage()).contains("sesame"));
        assertEquals(Optional.empty(), ledger.head().commit());
      }
    }
  }

  @Test
  void anOpenPgpKeyWithAnotherPassphraseIsDenied() throws Exception {
    try (var gpg = new Gpg()) {
      Path key = gpg.key(BOT, "open sesame");
      for (Optional<String> passphrase : List.of(Optional.<String>empty(), Optional.of("wrong"))) {
        var signer = new OpenPgpCommitSigner(file(key, passphrase));
        var denied = assertThrows(SyncException.Denied.class, () -> signer.sign(new byte[1]));
        assertTrue(String.valueOf(denied.getMessage()).contains("passphrase"));
      }
    }
  }

  /** Edits, the sides of a merge, the merge, and what a link agreed on. */
  private void recordSome(CommitSigner signer) {
    try (GitLedger ledger = open(signer)) {
      var steps = LedgerSteps.of(ledger);
      Head start = steps.record(steps.put("a", "base"), steps.put("b", "base"));
      steps.must(agreed(steps.edits(start), LINK, Changes.NONE, Changes.NONE));
      var base = ledger.base(LINK);
      Head ours = steps.record(steps.put("a", "ours"));
      Edit one = edit(BEN, "One", changes(base.files(), steps.put("a", "theirs")));
      Edit two = edit(ADA, "Two", changes(base.files(), steps.put("b", "theirs")));
      Changes result = changes(ours.files(), steps.put("b", "theirs"));
      steps.must(
          agreed(
              steps.recording(ours, result, new Theirs.Merged(List.of(one, two), base)),
              LINK,
              Changes.NONE,
              Changes.NONE));
    }
  }

  private List<String> commits() {
    List<String> all = ledger().run("rev-list", "--all").lines().toList();
    assertTrue(all.size() > 5, all::toString);
    return all;
  }

  private GitLedger open(CommitSigner signer) {
    return GitLedger.open(
        folder.resolve("ledger.git"),
        LedgerSettings.with(InstantSource.system()).withCommitter(BOT).withSigner(signer));
  }

  private NativeGit ledger() {
    return new NativeGit(folder.resolve("ledger.git"));
  }

  private Path sshKey(String type, String passphrase) {
    Path key = folder.resolve("key-" + type);
    NativeGit.run(
        folder,
        new byte[0],
        List.of("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", key.toString()));
    return key;
  }

  private static KeyFile file(Path key, Optional<String> passphrase) {
    return new KeyFile(key, passphrase.map(text -> () -> text));
  }

  /** The machine's own gpg, with keys of its own. */
  private static final class Gpg implements AutoCloseable {
    private final Path home;

    Gpg() throws IOException {
      // Its agent's socket needs a short path, and others may not look into it.
      this.home =
          Files.createTempDirectory(
              "gpg",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The file of a new key's private half, as the documentation says to write it. */
    Path key(Author owner, String passphrase) {
      List<String> unlocked =
          List.of("--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase);
      String name = owner.name() + " <" + owner.email() + ">";
      gpg(unlocked, "--quick-generate-key", name, "ed25519", "sign", "never");
      Path file = home.resolve("key.asc");
      gpg(unlocked, "--armor", "--output", file.toString(), "--export-secret-keys", owner.email());
      return file;
    }

    String git(Path repository, String... arguments) {
      var command = new ArrayList<>(List.of("git"));
      command.addAll(List.of(arguments));
      return run(NativeGit.isolated(command).directory(repository.toFile()));
    }

    private void gpg(List<String> options, String... arguments) {
      var command = new ArrayList<>(List.of("gpg"));
      command.addAll(options);
      command.addAll(List.of(arguments));
      run(NativeGit.isolated(command));
    }

    private String run(ProcessBuilder builder) {
      builder.environment().put("GNUPGHOME", home.toString());
      var output = NativeGit.attempt(builder, new byte[0]);
      assertEquals(0, output.code(), () -> builder.command() + ":\n" + output.out());
      return output.out();
    }

    @Override
    public void close() throws IOException {
      run(NativeGit.isolated(List.of("gpgconf", "--kill", "all")));
      try (var files = Files.walk(home)) {
        for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}

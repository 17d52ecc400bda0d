package dev.syncline.server.ledger.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH takes our keys for its own. */
final class SshKeysTest {

  @TempDir Path folder;
  private final SshKeys keys = new SshKeys(new SecureRandom());

  @BeforeEach
  void needOpenSsh() {
    NativeGit.need("ssh-keygen");
  }

  @Test
  void opensshReadsBothHalves() {
    for (int i = 0; i < 20; i++) { // keys whose highest bits are zero, too
      Path key = folder.resolve("key" + i);
      String line = keys.generate(key, "syncline@anna");
      assertEquals(line, keygen("-y", "-f", key.toString()));
      String shown = keygen("-l", "-f", key + ".pub");
      assertTrue(shown.startsWith("256 SHA256:"), shown);
      assertTrue(shown.endsWith(" syncline@anna (ED25519)"), shown);
      assertEquals(line, SshKeys.publicKey(key));
    }
  }

  @Test
  void onlyItsOwnerReadsTheKey() throws IOException {
    Path key = folder.resolve("new/key");
    keys.generate(key, "");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
    try (Stream<Path> files = Files.list(folder.resolve("new"))) {
      assertEquals(2, files.count(), "something else was left behind");
    }
  }

  @Test
  void aKeyIsNeverReplaced() throws IOException {
    Path key = folder.resolve("key");
    keys.generate(key, "one");
    byte[] before = Files.readAllBytes(key);
    assertThrows(SyncException.Invalid.class, () -> keys.generate(key, "two"));
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(key)));
    assertTrue(SshKeys.publicKey(key).endsWith(" one"));
  }

  @Test
  void aCommentIsOneLine() {
    assertThrows(
        SyncException.Invalid.class,
        () -> keys.generate(folder.resolve("key"), "a\nssh-ed25519 AAAA evil"));
    assertThrows(SyncException.Invalid.class, () -> SshKeys.publicKey(folder.resolve("key")));
  }

  private String keygen(String... arguments) {
    return NativeGit.run(
        folder, new byte[0], Stream.concat(Stream.of("ssh-keygen"), Stream.of(arguments)).toList());
  }
}

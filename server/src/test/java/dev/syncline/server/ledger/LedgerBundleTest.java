package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger comes out of a bundle wholly or not at all. */
final class LedgerBundleTest {

  @TempDir Path folder;
  private Path ledger;

  @BeforeEach
  void choose() {
    ledger = folder.resolve("ledger.git");
  }

  @Test
  void whatIsNoWholeBundleMakesNoLedger() throws IOException {
    byte[] whole = bundle();
    byte[] text = "no bundle".getBytes(StandardCharsets.UTF_8);
    for (byte[] bad : new byte[][] {text, Arrays.copyOf(whole, whole.length - 30)}) {
      assertThrows(SyncException.Invalid.class, () -> restore(bad));
      assertFalse(Files.exists(ledger));
    }
    restore(whole);
    NativeGit.mustBeSound(ledger);
  }

  @Test
  void aLedgerThatIsThereStaysAsItIs() throws IOException {
    Files.createDirectory(ledger);
    restore(bundle());
    assertFalse(Files.exists(ledger.resolve("HEAD")));
    assertTrue(Files.isDirectory(ledger));
  }

  private void restore(byte[] bundle) throws IOException {
    LedgerBundle.restore(
        new ByteArrayInputStream(bundle), ledger, LedgerSettings.with(InstantSource.system()));
  }

  private byte[] bundle() throws IOException {
    NativeGit.need("git");
    Path other = NativeGit.bare(folder.resolve("other.git"));
    NativeGit.commit(other, "main", "one", Map.of("a.txt", "1", "b/c.txt", "2"));
    Path file = folder.resolve("bundle");
    NativeGit.git(other, "bundle", "create", "-q", file.toString(), "--all");
    return Files.readAllBytes(file);
  }
}

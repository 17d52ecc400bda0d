package dev.syncline.server.endpoint.sealed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.EncryptionSettings;
import dev.syncline.server.config.Secret;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our age files are those of the {@code age} program. */
final class AgeFilesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 65_535, 65_536, 65_537, 131_072, 3_000_000})
  void ageOpensWhatIsSealedHere(int size) throws IOException {
    NativeGit.need("age");
    byte[] clear = bytes(size);
    Files.write(folder.resolve("sealed"), Keys.ADA.seal(clear));
    Files.writeString(folder.resolve("key"), Keys.ADA.identity + "\n");
    NativeGit.run(folder, new byte[0], List.of("age", "-d", "-i", "key", "-o", "opened", "sealed"));
    assertArrayEquals(clear, Files.readAllBytes(folder.resolve("opened")));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 3_000_000})
  void whatAgeSealedIsOpenedHere(int size) throws IOException {
    NativeGit.need("age");
    byte[] clear = bytes(size);
    Files.write(folder.resolve("clear"), clear);
    String both = Keys.ADA.recipient + "\n" + Keys.BOB.recipient + "\n";
    Files.writeString(folder.resolve("recipients"), both);
    NativeGit.run(folder, new byte[0], List.of("age", "-R", "recipients", "-o", "sealed", "clear"));
    byte[] sealed = Files.readAllBytes(folder.resolve("sealed"));
    assertArrayEquals(clear, Keys.ADA.open(sealed));
    assertArrayEquals(clear, Keys.BOB.open(sealed));
  }

  @Test
  void damageIsFound() {
    byte[] sealed = Keys.ADA.seal(bytes(100_000));
    assertThrows(IOException.class, () -> Keys.ADA.open(Arrays.copyOf(sealed, sealed.length - 1)));
    assertThrows(IOException.class, () -> Keys.ADA.open(Arrays.copyOf(sealed, 50)));
    for (int at : new int[] {3, 60, 180, 70_000}) {
      byte[] damaged = sealed.clone();
      damaged[at] ^= 1;
      assertThrows(IOException.class, () -> Keys.ADA.open(damaged), "at " + at);
    }
  }

  @Test
  void nobodyElseOpensIt() {
    byte[] sealed = Keys.ADA.seal("secret");
    assertThrows(IOException.class, () -> Keys.BOB.open(sealed));
  }

  @Test
  void aKeyThatDoesNotFitIsDeniedAndSaysWhatToDo() {
    Keys.ADA.sealingFor(Keys.BOB, Keys.ADA).mustOpen();
    assertDenied("none of the `recipients`", Keys.ADA.sealingFor(Keys.BOB));
    assertDenied("name the file", Keys.keys(Optional.empty(), Keys.ADA));
    Secret missing = Secret.file(folder.resolve("missing"));
    assertDenied("put your age identity there", Keys.keys(Optional.of(missing), Keys.ADA));
    Secret other = Secret.literal("AGE-SECRET-KEY-1NONE");
    assertDenied("no identity", Keys.keys(Optional.of(other), Keys.ADA));
  }

  @Test
  void whatIsNoRecipientIsRefused() {
    var settings = new EncryptionSettings(List.of(), List.of("age1nobody"), Optional.empty());
    String message =
        assertThrows(SyncException.Invalid.class, () -> new AgeKeys(settings)).getMessage();
    assertTrue(String.valueOf(message).contains("age1nobody"), message);
  }

  private static void assertDenied(String words, AgeKeys keys) {
    String message = assertThrows(SyncException.Denied.class, keys::mustOpen).getMessage();
    assertTrue(String.valueOf(message).contains(words), message);
    assertEquals(-1, String.valueOf(message).indexOf("1NONE"), message);
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(size).nextBytes(bytes);
    return bytes;
  }
}

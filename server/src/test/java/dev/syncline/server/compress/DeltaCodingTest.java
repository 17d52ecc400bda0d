package dev.syncline.server.compress;

import static dev.syncline.server.compress.Codings.delta;
import static dev.syncline.server.compress.Codings.packed;
import static dev.syncline.server.compress.Codings.read;
import static dev.syncline.server.compress.Codings.unpacked;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.ledger.NativeGit;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents in the codings zstd and dcz. */
final class DeltaCodingTest {

  private static final int HEADER = 40;

  @TempDir private Path folder;

  @Test
  void whatIsCodedComesBack() throws IOException {
    for (long seed = 0; seed < 40; seed++) {
      var random = new Random(seed);
      byte[] old = bytes(random, 1 + random.nextInt(300_000));
      byte[] now = edited(random, old);
      assertArrayEquals(now, read(delta(old, now), old), "seed " + seed);
      assertArrayEquals(now, read(delta(Effort.THRIFTY, old, now), old), "seed " + seed);
      assertArrayEquals(now, unpacked(packed(now)), "seed " + seed);
    }
  }

  @Test
  void aSmallChangeOfALargeFileIsSmall() throws IOException {
    var random = new Random(1);
    byte[] old = bytes(random, 20_000_000);
    byte[] now = old.clone();
    for (int run = 0; run < 100; run++) {
      byte[] fresh = bytes(random, 2000);
      System.arraycopy(fresh, 0, now, random.nextInt(now.length - 2000), fresh.length);
    }
    assertTrue(DeltaCoding.fits(old.length, now.length));
    byte[] delta = delta(old, now);
    assertTrue(delta.length < 210_000, () -> delta.length + " bytes");
    assertArrayEquals(now, read(delta, old));
  }

  @Test
  void soItIsWhereMemoryIsScarce() throws IOException {
    var random = new Random(10);
    byte[] old = bytes(random, 15_000_000);
    byte[] now = edited(random, old);
    byte[] delta = delta(Effort.THRIFTY, old, now);
    assertTrue(delta.length < now.length / 20, () -> delta.length + " bytes");
    assertArrayEquals(now, read(delta, old));
  }

  @Test
  void itBeginsAsTheRfcSays() throws IOException {
    byte[] old = bytes(new Random(2), 5000);
    byte[] delta = delta(old, old);
    assertEquals("5e2a4d1820000000", HexFormat.of().formatHex(delta, 0, 8));
    assertArrayEquals(VersionHash.of(old).bytes(), Arrays.copyOfRange(delta, 8, HEADER));
  }

  @Test
  void aFrameSaysHowLongItBecomes() throws IOException {
    byte[] old = bytes(new Random(3), 5000);
    byte[] frame = Arrays.copyOfRange(delta(old, new byte[70_000]), HEADER, HEADER + 18);
    assertEquals(OptionalLong.of(70_000), size(frame));
    assertEquals(OptionalLong.empty(), size(new byte[0]));
    assertEquals(OptionalLong.empty(), size("no frame at all".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    byte[] old = bytes(new Random(4), 5000);
    byte[] delta = delta(old, old);
    assertThrows(WrongVersionException.class, () -> read(delta, bytes(new Random(5), 5000)));
  }

  @Test
  void damageIsRefusedWhereverItIs() throws IOException {
    var random = new Random(6);
    byte[] old = bytes(random, 20_000);
    byte[] now = edited(random, old);
    byte[] delta = delta(old, now);
    for (int at = 0; at < delta.length; at += 1 + random.nextInt(50)) {
      byte[] damaged = delta.clone();
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      byte[] came;
      try {
        came = read(damaged, old);
      } catch (IOException e) {
        continue;
      }
      // A bit that says nothing; what comes out is right all the same.
      assertArrayEquals(now, came, "byte " + at);
    }
    for (int length : List.of(0, 7, HEADER - 1, HEADER + 5, delta.length - 1)) {
      byte[] cut = Arrays.copyOf(delta, length);
      assertThrows(IOException.class, () -> read(cut, old), "cut at " + length);
    }
  }

  @Test
  void aFileThatLooksLikeADictionaryOfZstdIsNone() {
    byte[] old = bytes(new Random(7), 5000);
    assertTrue(DeltaCoding.isDictionary(old));
    System.arraycopy(HexFormat.of().parseHex("37a430ec"), 0, old, 0, 4);
    assertFalse(DeltaCoding.isDictionary(old));
  }

  @Test
  void windowsStayWithinWhatEveryReaderTakes() {
    assertTrue(DeltaCoding.fits(2000, 8 << 20));
    assertFalse(DeltaCoding.fits(2000, (8 << 20) + 1));
    assertTrue(DeltaCoding.fits(20 << 20, 25 << 20));
    assertFalse(DeltaCoding.fits(20 << 20, (25 << 20) + 1));
    assertFalse(DeltaCoding.fits(20 << 20, 1000), "not worth it");
    assertFalse(DeltaCoding.fits(40 << 20, 20 << 20), "too much memory");
  }

  @Test
  void theZstdProgramReadsIt() throws Exception {
    NativeGit.need("zstd");
    var random = new Random(8);
    byte[] old = bytes(random, 9 << 20);
    byte[] now = edited(random, old);
    byte[] delta = delta(old, now);
    Path was = Files.write(folder.resolve("old"), old);
    Path frame =
        Files.write(folder.resolve("frame"), Arrays.copyOfRange(delta, HEADER, delta.length));
    Path is = folder.resolve("new");
    zstd("-d", "-q", "--long=27", "--patch-from=" + was, frame.toString(), "-o", is.toString());
    assertArrayEquals(now, Files.readAllBytes(is));
  }

  @Test
  void whatTheZstdProgramWritesIsRead() throws Exception {
    NativeGit.need("zstd");
    var random = new Random(9);
    byte[] old = bytes(random, 3 << 20);
    byte[] now = edited(random, old);
    Path was = Files.write(folder.resolve("old"), old);
    Path is = Files.write(folder.resolve("new"), now);
    Path frame = folder.resolve("frame");
    zstd("-q", "--patch-from=" + was, is.toString(), "-o", frame.toString());
    try (InputStream in =
        DeltaCoding.read(new ByteArrayInputStream(Files.readAllBytes(frame)), old)) {
      assertArrayEquals(now, in.readAllBytes());
    }
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Some bytes replaced, some put in, some taken out. */
  private static byte[] edited(Random random, byte[] old) throws IOException {
    var now = new ByteArrayOutputStream();
    int at = 0;
    while (at < old.length) {
      int kept = Math.min(old.length - at, 1 + random.nextInt(20_000));
      now.write(old, at, kept);
      now.write(bytes(random, random.nextInt(50)));
      at += kept + random.nextInt(50);
    }
    return now.toByteArray();
  }

  private static OptionalLong size(byte[] frame) throws IOException {
    return ZstdCoding.size(new BufferedInputStream(new ByteArrayInputStream(frame)));
  }

  private static void zstd(String... options) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("zstd"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, process.waitFor(), String.join(" ", command));
  }
}

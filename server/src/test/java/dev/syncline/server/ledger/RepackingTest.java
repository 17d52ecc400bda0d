package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import dev.syncline.testkit.LedgerSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs are merged behind everybody's back: they stay few, and nothing is ever missed. */
final class RepackingTest {

  @TempDir Path directory;

  @BeforeEach
  void needsGit() {
    NativeGit.need("git");
  }

  @Test
  void packsStayFewWhileOthersReadAndRecord() throws Exception {
    int recordings = Boolean.getBoolean("syncline.full") ? 3_000 : 300;
    try (var ledger = open(8)) {
      var steps = LedgerSteps.of(ledger);
      var ends = new AtomicBoolean();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Integer> reader = threads.submit(() -> readAll(steps, ends));
        for (int i = 0; i < recordings; i++) {
          steps.record(steps.put("d" + i % 3 + "/f" + i % 20, "text " + i));
        }
        ends.set(true);
        assertTrue(reader.get() > 0);
      }
    }
    // Those that were there when the last merge began, and those that it left: powers of two.
    assertTrue(packs() < 40, packs() + " packs");
    try (var ledger = open(8)) {
      assertEquals(
          recordings, ledger.history(Optional.empty(), Optional.empty(), recordings + 1).size());
    }
    new NativeGit(directory).mustBeSound();
  }

  @Test
  void whatWasPutButNotYetRecordedOutlivesAMerge() throws IOException {
    try (var ledger = open(1_000)) {
      var steps = LedgerSteps.of(ledger);
      steps.record(steps.put("a", "1"));
      ContentId large = ledger.put(random(700_000));
      ContentId small = ledger.put(random(100));
      steps.record(steps.put("a", "2"));
      merge();
      assertEquals(1, packs());
      assertEquals(0, new NativeGit(directory).run("count-objects").indexOf("0 objects"));
      assertArrayEquals(random(700_000), ledger.read(large));
      assertArrayEquals(random(100), ledger.read(small));
      steps.record(
          LedgerSteps.put("large", FileVersion.regular(large)),
          LedgerSteps.put("small", FileVersion.regular(small)));
    }
    new NativeGit(directory).mustBeSound();
  }

  @Test
  void versionsOfAPathAreStoredAsWhatDiffers() throws IOException {
    var text = new StringBuilder();
    var random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      text.append(random.nextLong()).append('\n');
    }
    try (var ledger = open(1_000)) {
      var steps = LedgerSteps.of(ledger);
      for (int i = 0; i < 20; i++) {
        text.insert(random.nextInt(text.length()), "changed");
        steps.record(steps.put("one", text.toString()), steps.put("other" + i, "x" + i));
      }
    }
    long before = bytes();
    merge();
    assertTrue(bytes() * 8 < before, bytes() + " bytes of " + before);
    new NativeGit(directory).mustBeSound();
  }

  private int readAll(LedgerSteps steps, AtomicBoolean ends) {
    int read = 0;
    while (!ends.get()) {
      var head = steps.ledger().head();
      head.files().forEach((path, version) -> steps.text(version.content()));
      read += steps.ledger().history(Optional.empty(), head.commit(), 50).size();
    }
    return read;
  }

  /** On a repository of its own: what JGit finds of another's merge is a test of the kill. */
  private void merge() throws IOException {
    IsolatedGit.install();
    try (var repository = new FileRepository(directory.toFile())) {
      var repacking = new Repacking(new Stored(repository), 2);
      repacking.merge();
      repacking.close();
    }
  }

  private long packs() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("objects/pack"))) {
      return files.filter(file -> file.toString().endsWith(".pack")).count();
    }
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("objects/pack"))) {
      return files
          .filter(file -> file.toString().endsWith(".pack"))
          .mapToLong(f -> f.toFile().length())
          .sum();
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private GitLedger open(int smallPacks) {
    return GitLedger.open(
        directory, LedgerSettings.with(InstantSource.system()).withSmallPacks(smallPacks));
  }
}

package dev.syncline.server.ledger;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Head;
import dev.syncline.testkit.LedgerSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Measures ledgers, every recording durable: a main program, not a test. Its argument is a folder
 * on the disk to be measured, and how many files the largest ledger has.
 */
final class LedgerMeasure {

  private static final int COMMITS = 1_000;
  private static final int IMPORT = 100_000;

  private LedgerMeasure() {}

  static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    int largest = Integer.parseInt(arguments[1]);
    reference(directory);
    for (int files = Integer.parseInt(arguments[2]); files <= largest; files *= 10) {
      measure(directory.resolve("files-" + files), files);
    }
  }

  private static void measure(Path folder, int files) throws Exception {
    try (var ledger = GitLedger.open(folder, LedgerSettings.with(InstantSource.system()))) {
      var steps = LedgerSteps.of(ledger);
      long start = System.nanoTime();
      for (int from = 0; from < files; from += IMPORT) {
        steps.must(some(steps, from, Math.min(files, from + IMPORT)));
      }
      say(files, "files imported, files/s", files / seconds(start));
      alone(steps, files, 200); // the JIT warms up
      long[] nanos = alone(steps, files, 300);
      say(files, "one commit alone, median ms", nanos[nanos.length / 2] / 1e6);
      say(files, "one commit alone, p99 ms", nanos[nanos.length * 99 / 100] / 1e6);
      Head before = ledger.head();
      Head after = steps.record(steps.put(path(files / 2), "else"));
      long look = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        after.files().since(before.files());
      }
      say(files, "since, one change, ms", seconds(look) * 1e3 / 100);
      for (int threads : new int[] {1, 16, 64, 256}) {
        long cpu = cpu();
        say(
            files,
            "commits/s of " + threads + " threads",
            COMMITS / together(steps, files, threads));
        say(files, "  CPU ms a commit", (cpu() - cpu) / 1e6 / COMMITS);
      }
    }
    try (Stream<Path> all = Files.walk(folder)) {
      long bytes = all.filter(Files::isRegularFile).mapToLong(LedgerMeasure::size).sum();
      say(files, "MB on disk", bytes / 1e6);
    }
    long open = System.nanoTime();
    GitLedger.open(folder, LedgerSettings.with(InstantSource.system())).close();
    say(files, "open and close, ms", seconds(open) * 1e3);
  }

  /** What the disk gives at this moment: all else is to be seen beside it. */
  private static void reference(Path directory) throws IOException {
    Files.createDirectories(directory);
    long start = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      Path file = Files.write(directory.resolve("probe"), new byte[4_000]);
      Durable.file(file);
      Durable.rename(file, directory.resolve("renamed"));
      Durable.names(directory);
    }
    say(0, "write, fsync, rename, fsync, ms", seconds(start) * 1e3 / 50);
  }

  private static dev.syncline.core.port.Recording some(LedgerSteps steps, int from, int to) {
    var all = new TreeMap<FilePath, FileChange>();
    for (int i = from; i < to; i++) {
      all.put(new FilePath(path(i)), new FileChange.Added(steps.file("file " + i)));
    }
    return steps.edits(
        steps.ledger().head(), LedgerSteps.edit(LedgerSteps.ADA, "Import", new Changes(all)));
  }

  private static long[] alone(LedgerSteps steps, int files, int count) {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      steps.record(steps.put(path((int) (i * 7919L % files)), "alone " + start));
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static double together(LedgerSteps steps, int files, int threads) throws Exception {
    var next = new AtomicInteger();
    var done = new CountDownLatch(threads);
    long start = System.nanoTime();
    for (int t = 0; t < threads; t++) {
      Thread.ofVirtual()
          .start(() -> {
            for (int i = next.getAndIncrement(); i < COMMITS; i = next.getAndIncrement()) {
              steps.record(steps.put(path(i % files), threads + " together " + start));
            }
            done.countDown();
          });
    }
    done.await();
    return seconds(start);
  }

  /** A hundred names a folder. */
  private static String path(int i) {
    return "d" + i / 10_000 + "/e" + i / 100 % 100 + "/file-" + i + ".txt";
  }

  /** Nanoseconds that this process has computed, in all its threads. */
  private static long cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("SystemOut")
  private static void say(int files, String what, double figure) {
    System.out.println(
        String.format(Locale.ROOT, "%,9d files  %-32s %,12.2f", files, what, figure));
  }
}

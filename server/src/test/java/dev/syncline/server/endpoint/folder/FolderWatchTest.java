package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.testkit.MapSnapshot;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever looks where the watch says finds all that changes. */
final class FolderWatchTest extends FolderStage {

  private static final int ROUNDS = Boolean.getBoolean("syncline.full") ? 3_000 : 200;
  private static final Hints EVERYWHERE = new Hints.Everywhere();

  private final BlockingQueue<Hints> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void adopt() {
    open().close();
  }

  @Test
  void atFirstItIsEverywhere() throws InterruptedException {
    try (var watch = watch()) {
      assertEquals(EVERYWHERE, next());
      assertEquals(Optional.empty(), watch.problem());
    }
  }

  @Test
  void whatChangesIsTold() throws Exception {
    folder().write("deep/er/file", "one");
    try (var _ = watch()) {
      next();
      folder().write("deep/er/file", "two");
      awaitPath("deep/er/file");
      folder().write("a", "one");
      awaitPath("a");
      folder().remove("deep/er/file");
      awaitPath("deep");
      Files.setPosixFilePermissions(folder().at("a"), PosixFilePermissions.fromString("rwx------"));
      awaitPath("a");
    }
  }

  @Test
  void newFoldersAreWatchedAtOnce() throws Exception {
    try (var _ = watch()) {
      next();
      folder().write("new/deep/er/file", "one");
      awaitPath("new");
      folder().write("new/deep/er/file", "two");
      awaitPath("new/deep/er/file");
      Files.move(folder().at("new"), folder().at("moved"));
      awaitPath("moved");
      folder().write("moved/deep/er/file", "three");
      awaitPath("moved/deep/er/file");
      Files.createDirectories(directory.resolve("outside/inner"));
      Files.move(directory.resolve("outside"), folder().at("came"));
      awaitPath("came");
      folder().write("came/inner/file", "one");
      awaitPath("came/inner/file");
    }
  }

  @Test
  void whatIsNeverSyncedIsNotTold() throws Exception {
    folder().write(".synclineignore", "*.log\nbuild/\n");
    folder().write("build/out", "x");
    folder().write("nested/.git/HEAD", "x");
    try (var _ = watch()) {
      next();
      folder().write("build/out", "y");
      folder().write("a.log", "y");
      folder().write("nested/.git/HEAD", "y");
      folder().write(".syncline-folder/mine", "y");
      folder().write("seen", "y");
      assertEquals(new Hints.At(Set.of(new FilePath("seen"))), next());
      folder().write(".synclineignore", "");
      awaitPath(".synclineignore");
      folder().write("build/out", "z");
      awaitPath("build/out");
    }
  }

  @Test
  void ourOwnWritesCauseOneLookThatSeesNothing() throws Exception {
    try (var endpoint = open();
        var _ = watch()) {
      next();
      var changes = Map.of("a/b", add("one"), "c", add("two"));
      deliver(endpoint, changes);
      MapSnapshot base = MapSnapshot.EMPTY.with(changes(changes));
      Hints hints = next();
      assertEquals(Map.of(), texts(endpoint.observe(base, hints, contents)));
      folder().write("last", "told");
      Hints then = next();
      while (!isAt(then, "last")) {
        then = next();
      }
      assertEquals(new Hints.At(Set.of(new FilePath("last"))), then, "looking caused nothing");
    }
  }

  @Test
  void nothingIsMissedHoweverMuchHappens() throws Exception {
    try (var endpoint = open();
        var _ = watch()) {
      var random = new Random(3);
      MapSnapshot base = MapSnapshot.EMPTY;
      for (int i = 0; i < ROUNDS; i++) {
        act(random, i);
        if (random.nextInt(10) == 0) {
          for (Hints hints = told.poll(); hints != null; hints = told.poll()) {
            base = after(base, endpoint.observe(base, hints, contents));
          }
        }
      }
      folder().write("the-last", "change");
      while (base.at(new FilePath("the-last")).isEmpty()) {
        base = after(base, endpoint.observe(base, next(), contents));
      }
      // What came before the last is told with it or was told before it.
      Observed rest = look(endpoint, base);
      assertEquals(Map.of(), texts(rest));
    }
  }

  private void act(Random random, int i) throws IOException {
    String folder = "d" + random.nextInt(4) + "/e" + random.nextInt(4);
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> folder().write(folder + "/f" + random.nextInt(5), "text " + i);
      case 3 -> {
        Path file = folder().at(folder + "/f" + random.nextInt(5));
        Files.deleteIfExists(file);
      }
      case 4 -> {
        String to = "d" + random.nextInt(4) + "/e" + random.nextInt(4);
        if (folder().has(folder) && !folder().has(to)) {
          Files.createDirectories(folder().at(to).resolveSibling(""));
          Files.move(folder().at(folder), folder().at(to));
        }
      }
      default -> {
        String from = "d" + random.nextInt(4);
        String to = "d" + random.nextInt(4);
        if (folder().has(from) && !folder().has(to)) {
          Files.move(folder().at(from), folder().at(to));
        }
      }
    }
  }

  @Test
  void aListenerThatTakesItsTimeMissesNothing() throws Exception {
    var busy = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    try (var _ =
        FolderWatch.start(
            settings(folder().root()),
            hints -> {
              entered.countDown();
              awaitQuietly(busy);
              told.add(hints);
            })) {
      assertTrue(entered.await(30, TimeUnit.SECONDS));
      folder().write("while/busy", "one");
      busy.countDown();
      next();
      awaitPath("while");
    }
  }

  @Test
  void changesAreToldOnceTheFolderWasQuietForAsLongAsAskedFor() throws Exception {
    Duration quiet = Duration.ofSeconds(1);
    try (var _ = FolderWatch.start(settings(folder().root()).withQuiet(quiet), told::add)) {
      next();
      long written = System.nanoTime();
      folder().write("a", "one");
      awaitPath("a");
      Duration waited = Duration.ofNanos(System.nanoTime() - written);
      assertTrue(waited.compareTo(quiet) >= 0, () -> "told after " + waited);
    }
  }

  @Test
  void aFolderThatGoesAndComesBackIsWatchedAgain() throws Exception {
    try (var watch = watch()) {
      next();
      Files.move(folder().root(), directory.resolve("unmounted"));
      await(hints -> hints.equals(EVERYWHERE));
      awaitProblem(watch, "can't be watched");
      Files.move(directory.resolve("unmounted"), folder().root());
      await(hints -> hints.equals(EVERYWHERE));
      folder().write("a", "one");
      awaitPath("a");
      awaitProblem(watch, "");
    }
  }

  @Test
  void aSystemThatWatchesNoMoreFoldersIsAProblemThatSaysWhatToDo() throws Exception {
    folder().write("a/b/c", "one");
    FolderWatch.Sources limited =
        () ->
            new SourceOf(new SystemWatchSource(folder().root())) {
              private int left = 1;

              @Override
              public void add(String where, Path at) throws IOException {
                if (left-- <= 0) {
                  throw new FileSystemException(
                      at.toString(), null, "User limit of inotify watches reached");
                }
                super.add(where, at);
              }
            };
    try (var watch = watch(limited)) {
      assertEquals(EVERYWHERE, next());
      assertTrue(watch.problem().orElse("").contains("fs.inotify.max_user_watches"));
      folder().write("still", "told");
      awaitPath("still");
    }
  }

  @Test
  void newsThatWereLostMeanEverywhere() throws Exception {
    var lost = new LinkedBlockingQueue<List<WatchSource.News>>();
    FolderWatch.Sources sources =
        () ->
            new SourceOf(new SystemWatchSource(folder().root())) {
              @Override
              public List<News> await(Duration atMost) throws InterruptedException {
                List<News> all = lost.poll();
                return all != null ? all : super.await(atMost);
              }
            };
    try (var _ = watch(sources)) {
      next();
      lost.add(List.of(new WatchSource.News.Missed("")));
      await(hints -> hints.equals(EVERYWHERE));
      folder().write("sub/a", "one");
      awaitPath("sub");
      lost.add(List.of(new WatchSource.News.Missed("sub")));
      await(hints -> isAt(hints, "sub"));
    }
  }

  @Test
  void onceItIsClosedNothingIsTold() throws Exception {
    var watch = watch();
    next();
    watch.close();
    told.clear();
    folder().write("a", "one");
    assertFalse(told.stream().anyMatch(hints -> true));
  }

  private FolderWatch watch() {
    return watch(() -> new SystemWatchSource(folder().root()));
  }

  private FolderWatch watch(FolderWatch.Sources sources) {
    var watch =
        new FolderWatch(
            settings(folder().root()), sources, told::add, System::nanoTime, Duration.ofMillis(50));
    watch.start();
    return watch;
  }

  private Hints next() throws InterruptedException {
    Hints hints = told.poll(30, TimeUnit.SECONDS);
    assertTrue(hints != null, "nothing is told");
    return hints;
  }

  private void awaitPath(String path) throws InterruptedException {
    await(hints -> isAt(hints, path));
  }

  private static boolean isAt(Hints hints, String path) {
    return hints instanceof Hints.At(Set<FilePath> paths) && paths.contains(new FilePath(path));
  }

  private void await(Predicate<Hints> wanted) throws InterruptedException {
    Hints hints = next();
    while (!wanted.test(hints)) {
      hints = next();
    }
  }

  private static void awaitProblem(FolderWatch watch, String part) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!watch.problem().orElse("").contains(part)
        || (part.isEmpty() && watch.problem().isPresent())) {
      assertTrue(System.nanoTime() < end, () -> "the problem is " + watch.problem());
      Thread.onSpinWait();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Another source, but for what a test changes. */
  private static class SourceOf implements WatchSource {
    private final WatchSource other;

    SourceOf(WatchSource other) {
      this.other = other;
    }

    @Override
    public void add(String where, Path folder) throws IOException {
      other.add(where, folder);
    }

    @Override
    public void remove(String where) {
      other.remove(where);
    }

    @Override
    public List<News> await(Duration atMost) throws InterruptedException {
      return other.await(atMost);
    }

    @Override
    public void close() {
      other.close();
    }
  }
}

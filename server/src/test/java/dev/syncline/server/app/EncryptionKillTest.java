package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.endpoint.sealed.Keys;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is killed at random moments while people save secrets in two folders that a repository
 * follows. {@code -Dsyncline.full=true} kills it more often; {@code -Dsyncline.seed} chooses what
 * is saved.
 */
final class EncryptionKillTest {

  private static final int ROUNDS = Boolean.getBoolean("syncline.full") ? 60 : 3;
  private static final long SEED = Long.getLong("syncline.seed", 42L);
  private static final int LONGEST_MILLIS = 2_500;
  private static final int PATIENCE_SECONDS = 120;

  /** What a secret begins with, and nothing else holds. */
  private static final String MARK = "geheim ";

  @TempDir Path directory;
  private final Random random = new Random(SEED);
  private final Map<Path, String> saved = new HashMap<>();
  private int texts;
  private Path desk;
  private Path shelf;
  private Path origin;
  private Process server;

  @BeforeEach
  void prepare() throws IOException {
    NativeGit.need("git");
    desk = Files.createDirectory(directory.resolve("desk"));
    shelf = Files.createDirectory(directory.resolve("shelf"));
    origin = NativeGit.bare(directory.resolve("origin.git"));
    Path identity = Files.writeString(directory.resolve("identity"), Keys.ADA.identity);
    Path its = Files.createDirectories(data().resolve("workspaces/notes"));
    Files.writeString(
        its.resolve("workspace.yaml"),
        """
        links:
          origin: {git: "%s", reconcile: 1s}
          desk: {folder: "%s"}
          shelf: {folder: "%s"}
        policies: {"secrets/lists/**": union, "**": newest}
        safeguard: {percent: 100}
        encrypt: {paths: ["secrets/**"], recipients: [%s], identity-file: "%s"}
        """
            .formatted(origin, desk, shelf, Keys.ADA.recipient, identity));
    server = start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  void noSecretIsLostAndNoneIsSeenHoweverOftenItIsKilled() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var end = new CountDownLatch(1);
      Thread people = Thread.ofPlatform().start(() -> work(end));
      // A new server takes a while; some are killed before they have done anything.
      boolean ended = server.waitFor(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
      assertFalse(ended, this::said);
      if (round % 2 == 1) {
        untilSomethingIsKept();
      }
      server.destroyForcibly().waitFor();
      end.countDown();
      people.join();
      server = start();
    }
    untilEqual();
    server.destroy();
    assertTrue(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), this::said);
    NativeGit.mustBeSound(origin);
    NativeGit.mustBeSound(ledger());
    nothingIsLost();
    nothingIsSeen();
  }

  private void work(CountDownLatch end) {
    try {
      while (!end.await(random.nextInt(1, 40), TimeUnit.MILLISECONDS)) {
        try {
          act(random.nextBoolean() ? desk : shelf);
        } catch (NoSuchFileException _) {
          // It was brought away meanwhile.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void act(Path folder) throws IOException {
    String path = path();
    Path file = folder.resolve(path);
    Path other = folder.resolve("secrets/" + random.nextInt(6));
    Files.createDirectories(file.getParent());
    switch (random.nextInt(10)) {
      case 0 -> {
        Files.deleteIfExists(file);
        saved.remove(file);
      }
      case 1 -> {
        if (Files.exists(file) && !Files.exists(other)) {
          Files.createDirectories(other.getParent());
          Files.move(file, other);
          saved.remove(file);
        }
      }
      default -> {
        String text = (path.startsWith("open/") ? "for all " : MARK) + texts++ + "\n";
        boolean inPlace = random.nextBoolean();
        Path fresh = Files.writeString(inPlace ? file : directory.resolve("fresh"), text);
        if (!inPlace) {
          Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        saved.put(file, text);
      }
    }
  }

  private String path() {
    return List.of("secrets/", "secrets/lists/", "open/").get(random.nextInt(3))
        + random.nextInt(6);
  }

  private void untilSomethingIsKept() throws InterruptedException {
    String before = tip();
    await(() -> !tip().equals(before));
  }

  private void untilEqual() throws InterruptedException {
    await(() -> {
      Map<String, String> there = contents(desk);
      return there.equals(contents(shelf)) && !tip().isEmpty() && there.equals(atOrigin());
    });
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private void await(Condition condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (!condition.holds()) {
        assertTrue(
            System.nanoTime() < end, () -> "seed " + SEED + ": it takes too long\n" + said());
        assertFalse(server.waitFor(50, TimeUnit.MILLISECONDS), this::said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What people saved last is in the history, whoever saved something else later. */
  private void nothingIsLost() throws IOException {
    Set<String> reachable =
        new HashSet<>(
            NativeGit.git(ledger(), "rev-list", "--all", "--objects", "--no-object-names")
                .lines()
                .toList());
    var kept = new HashSet<String>();
    for (var each : blobs(ledger()).entrySet()) {
      if (reachable.contains(each.getKey())) {
        kept.addAll(clear(each.getValue()).lines().toList());
      }
    }
    saved.forEach((file, text) ->
        assertTrue(
            kept.contains(text.strip()), "seed " + SEED + ": lost at " + file + ": " + text));
  }

  private void nothingIsSeen() throws IOException {
    for (Path repository : List.of(origin, ledger())) {
      Map<String, byte[]> blobs = blobs(repository);
      assertTrue(blobs.values().stream().anyMatch(EncryptionKillTest::isSealed));
      blobs.forEach(
          (id, blob) -> assertFalse(text(blob).contains(MARK), repository + " has " + id));
    }
    try (var files = Files.walk(data())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(text(Files.readAllBytes(file)).contains(MARK), file.toString());
      }
    }
    assertFalse(said().contains(MARK), this::said);
  }

  private Map<String, String> contents(Path folder) throws IOException {
    var contents = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString();
        if (!path.startsWith(".syncline-folder")) {
          contents.put(path, Files.readString(file));
        }
      }
    }
    return contents;
  }

  /** What the newest version of the repository holds, in the clear. */
  private Map<String, String> atOrigin() throws IOException {
    Map<String, byte[]> blobs = blobs(origin);
    var contents = new TreeMap<String, String>();
    for (String line : NativeGit.git(origin, "ls-tree", "-r", "main").lines().toList()) {
      String[] words = line.split("[ \t]", 4);
      contents.put(words[3], clear(blobs.getOrDefault(words[2], new byte[0])));
    }
    return contents;
  }

  /** All blobs that a repository has, whether anything leads to them or not. */
  private Map<String, byte[]> blobs(Path repository) throws IOException {
    Path all = directory.resolve("all");
    Process git =
        NativeGit.isolated(
                List.of(
                    "git",
                    "-C",
                    repository.toString(),
                    "cat-file",
                    "--batch",
                    "--batch-all-objects"))
            .redirectOutput(all.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      git.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    String text = text(Files.readAllBytes(all));
    var blobs = new HashMap<String, byte[]>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      String[] words = text.substring(at, end).split(" ", -1);
      int size = Integer.parseInt(words[2]);
      if (words[1].equals("blob")) {
        blobs.put(
            words[0],
            text.substring(end + 1, end + 1 + size).getBytes(StandardCharsets.ISO_8859_1));
      }
      at = end + 1 + size + 1;
    }
    return blobs;
  }

  private static String clear(byte[] contents) throws IOException {
    return text(isSealed(contents) ? Keys.ADA.open(contents) : contents);
  }

  private static boolean isSealed(byte[] contents) {
    return text(contents).startsWith("age-encryption.org/v1\n");
  }

  private static String text(byte[] contents) {
    return new String(contents, StandardCharsets.ISO_8859_1);
  }

  private String tip() {
    return NativeGit.git(origin, "for-each-ref", "--format=%(objectname)", "refs/heads/main");
  }

  private Process start() throws IOException {
    var builder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder
        .environment()
        .putAll(
            Map.of(
                "DATA_DIR", data().toString(), "PORT", "0", "SYNCLINE_SERVER_HOST", "127.0.0.1"));
    return builder.start();
  }

  private String said() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return directory.resolve("log");
  }

  private Path data() {
    return directory.resolve("data");
  }

  private Path ledger() {
    return data().resolve("workspaces/notes/ledger.git");
  }
}

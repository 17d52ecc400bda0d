package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.endpoint.relay.RelayHook;
import dev.syncline.server.endpoint.relay.RelayId;
import dev.syncline.server.endpoint.relay.RelayPeer;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is killed at random moments while people type in notes of a Relay Server, rename and
 * delete them, and webhooks come. {@code -Dsyncline.full=true} kills it 100 times; {@code
 * -Dsyncline.seed} chooses what is typed.
 */
final class RelayKillTest {

  private static final int ROUNDS = Boolean.getBoolean("syncline.full") ? 100 : 3;
  private static final long SEED = Long.getLong("syncline.seed", 42L);
  private static final int NOTES = 40;
  private static final int LONGEST_MILLIS = 2_500;
  private static final int PATIENCE_SECONDS = 120;
  private static final String SECRET = "a shared secret";

  @TempDir Path directory;
  private final Random random = new Random(SEED);
  private final List<RelayId> notes = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();
  private RelayPeer peer;
  private RelayId folder;
  private Path origin;
  private int port;
  private Process server;

  @BeforeEach
  void prepare() throws IOException {
    NativeGit.need("git");
    peer = RelayPeer.start();
    folder = peer.folder();
    for (int number = 0; number < NOTES; number++) {
      paths.add("/" + number % 5 + "/" + number + ".md");
      notes.add(peer.nobody().note(folder, paths.getLast(), "note " + number + "\n"));
    }
    origin = NativeGit.bare(directory.resolve("origin.git"));
    port = freePort();
    peer.webhooks(RelayHook.to(URI.create("http://127.0.0.1:" + port + "/webhooks"), SECRET));
    Path its = Files.createDirectories(data().resolve("workspaces/notes"));
    Files.writeString(
        its.resolve("workspace.yaml"),
        """
        repository: repos/notes
        links:
          notes: {relay: %s, quiet: 50ms, commit-interval: 200ms}
          origin: {git: "%s"}
        safeguard: {percent: 100}
        """
            .formatted(folder, origin));
    server = start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.destroyForcibly().waitFor();
    peer.close();
  }

  @Test
  void nothingIsLostAndNothingIsCommittedTwiceHoweverOftenItIsKilled() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      peer.type(notes, 1);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_MILLIS));
      while (System.nanoTime() < end) {
        assertFalse(server.waitFor(random.nextInt(100), TimeUnit.MILLISECONDS), this::said);
        act();
      }
      server.destroyForcibly().waitFor();
      peer.stopTyping();
      server = start();
    }
    await(() -> peer.texts(folder).equals(checkedOut()));
    await(() -> head(origin).equals(head(repository().resolve(".git"))));
    server.destroy();
    assertTrue(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), this::said);
    NativeGit.mustBeSound(repository());
    NativeGit.mustBeSound(origin);
    assertEquals(List.of(), repeated(), "seed " + SEED);
  }

  /** Somebody renames a note, or deletes one and makes another. */
  private void act() {
    int which = random.nextInt(NOTES);
    String path = paths.get(which);
    switch (random.nextInt(6)) {
      case 0 -> {
        paths.set(which, "/" + random.nextInt(5) + "/" + random.nextInt(1_000_000) + ".md");
        peer.nobody().rename(folder, path, paths.get(which));
      }
      case 1 -> {
        peer.nobody().delete(folder, path);
        paths.set(which, "/" + random.nextInt(5) + "/" + random.nextInt(1_000_000) + ".md");
        notes.set(which, peer.nobody().note(folder, paths.get(which), "anew\n"));
      }
      default -> peer.user("u" + random.nextInt(3)).insert(notes.get(which), 0, "typed ");
    }
  }

  /** Commits that hold just what the one before them holds. */
  private List<String> repeated() {
    var repeated = new ArrayList<String>();
    var trees = new TreeMap<String, String>();
    for (String line :
        NativeGit.git(origin, "log", "--reverse", "--topo-order", "--format=%H %T %P", "main")
            .lines()
            .toList()) {
      String[] words = line.split(" ", -1);
      trees.put(words[0], words[1]);
      if (words.length == 3 && words[1].equals(trees.get(words[2]))) {
        repeated.add(words[0]);
      }
    }
    return repeated;
  }

  /** What is checked out; nothing while it is being changed. */
  private Map<String, String> checkedOut() throws IOException {
    var texts = new TreeMap<String, String>();
    try (var all = Files.walk(repository())) {
      for (Path file : all.filter(it -> it.toString().endsWith(".md")).toList()) {
        texts.put("/" + repository().relativize(file), Files.readString(file));
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      return Map.of();
    }
    return texts;
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

  private static String head(Path repository) {
    return NativeGit.git(repository, "for-each-ref", "--format=%(objectname)", "refs/heads/main");
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
                "DATA_DIR",
                data().toString(),
                "PORT",
                String.valueOf(port),
                "SYNCLINE_SERVER_HOST",
                "127.0.0.1",
                "RELAY_SERVER_URL",
                peer.url().toString(),
                "RELAY_SERVER_API_KEY",
                peer.readKey().value(),
                "WEBHOOK_SECRET",
                SECRET));
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String said() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path repository() {
    return data().resolve("repos/notes");
  }

  private Path log() {
    return directory.resolve("log");
  }

  private Path data() {
    return directory.resolve("data");
  }
}

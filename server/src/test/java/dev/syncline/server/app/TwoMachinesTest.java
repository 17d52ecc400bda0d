package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two machines that share a repository, each with a folder and a running server: what is changed in
 * either folder, in a clone or by an app is soon in all places.
 */
final class TwoMachinesTest {

  /** Names that some program once lost, and that a file system of Linux holds as they are. */
  private static final List<String> NASTY_NAMES =
      List.of(
          "a space",
          " leading",
          "trailing.",
          "CON",
          "aux.txt",
          "a:b?c*d|e\"f<g>h",
          "-rf",
          "#hash",
          "%20",
          "a%2Fb",
          "~",
          "Straße",
          "e\u0301",
          "日本語",
          "\ud83d\ude00",
          "back\\slash",
          "line\nfeed",
          "'quote'",
          "$(id)",
          "x".repeat(255));

  @TempDir Path folder;
  private Path origin;
  private Machine home;
  private Machine work;

  /** A folder, and the server that keeps it. */
  private record Machine(Desk desk, Path notes) implements AutoCloseable {

    static Machine joining(Path place, Path origin) throws IOException {
      Path notes = Files.createDirectories(place.resolve("notes"));
      var desk = new Desk(place).serve();
      desk.mustDo("init", "--name=notes", "--folder=" + notes, "--git=" + origin);
      return new Machine(desk, notes);
    }

    void write(String path, String text) throws IOException {
      Path file = notes.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }

    String read(String path) throws IOException {
      return Files.readString(notes.resolve(path));
    }

    void sync() {
      desk.mustDo("sync");
    }

    String conflicts() {
      return desk.mustDo("conflicts", "list");
    }

    Path ledger() {
      return desk.folder.resolve("data/workspaces/notes/ledger.git");
    }

    @Override
    public void close() {
      desk.close();
    }
  }

  @BeforeAll
  static void needsGit() {
    NativeGit.need("git");
  }

  @BeforeEach
  void start() throws IOException {
    origin = folder.resolve("origin.git");
    NativeGit.git(folder, "init", "-q", "--bare", "-b", "main", origin.toString());
    home = Machine.joining(folder.resolve("home"), origin);
    work = Machine.joining(folder.resolve("work"), origin);
  }

  @AfterEach
  void stop() {
    home.close();
    work.close();
  }

  @Test
  void everyNameAndKindOfFileArrives() throws IOException {
    for (String name : NASTY_NAMES) {
      home.write(name, "contents of " + name);
    }
    Files.write(home.notes().resolve("binary"), new byte[] {0, -1, 13, 10, 0});
    home.write("empty", "");
    home.write("run.sh", "#!/bin/sh\n");
    assertTrue(home.notes().resolve("run.sh").toFile().setExecutable(true));
    Files.createSymbolicLink(home.notes().resolve("link"), Path.of("run.sh"));
    settle();
    assertTrue(Files.isExecutable(work.notes().resolve("run.sh")));
    assertEquals(Path.of("run.sh"), Files.readSymbolicLink(work.notes().resolve("link")));
    assertEquals(NASTY_NAMES.size() + 4, filesOf(work.notes()).size());
    assertAllAreEqual();
  }

  @Test
  void changesOfBothMeet() throws IOException {
    home.write("plan.md", "one\ntwo\nthree\nfour\nfive\n");
    home.write("old.md", "stays the same\n");
    settle();
    home.write("plan.md", "ONE\ntwo\nthree\nfour\nfive\n");
    work.write("plan.md", "one\ntwo\nthree\nfour\nFIVE\n");
    Files.move(work.notes().resolve("old.md"), work.notes().resolve("new.md"));
    settle();
    assertEquals("ONE\ntwo\nthree\nfour\nFIVE\n", home.read("plan.md"));
    assertEquals("stays the same\n", home.read("new.md"));
    assertAllAreEqual();
  }

  @Test
  void whatAnAppChangesIsEverywhereUnderItsAuthor() throws Exception {
    home.write("plan.md", "write\n");
    settle();
    post(
        home,
        """
        {"author": {"name": "Grace", "email": "grace@example.org"}, "description": "Rest",
         "changes": [{"path": "plan.md", "text": "rest\\n"}, {"path": "d/new.md", "text": "new\\n"}]}
        """);
    settle();
    assertEquals("rest\n", work.read("plan.md"));
    assertEquals("new\n", work.read("d/new.md"));
    assertEquals(
        "Grace <grace@example.org> Rest",
        NativeGit.git(origin, "log", "-1", "--format=%an <%ae> %s", "main", "--", "plan.md"));
    assertAllAreEqual();
  }

  @Test
  void aConflictWaitsOnOneMachineAndItsAnswerIsEverywhere() throws IOException {
    home.write("plan.md", "one\n");
    settle();
    home.write("plan.md", "home\n");
    work.write("plan.md", "work\n");
    home.write("other.md", "goes on\n");
    settle();
    assertEquals("home\n", home.read("plan.md"));
    assertEquals("work\n", work.read("plan.md"));
    assertEquals("goes on\n", work.read("other.md"));
    // It waits with whoever came second.
    Machine second = home.conflicts().isBlank() ? work : home;
    String id = second.conflicts().split(" ", 2)[0];
    second.desk().mustDo("conflicts", "resolve", id, "--choose=theirs");
    settle();
    assertEquals(home.read("plan.md"), work.read("plan.md"));
    assertAllAreEqual();
  }

  private void settle() {
    for (int round = 0; round < 2; round++) {
      home.sync();
      work.sync();
    }
    home.sync();
  }

  /** Folders, a new clone and both ledgers. */
  private void assertAllAreEqual() throws IOException {
    Path clone = folder.resolve("clone");
    NativeGit.git(folder, "clone", "-q", origin.toString(), clone.toString());
    Map<String, String> wanted = filesOf(clone);
    assertEquals(wanted, filesOf(home.notes()));
    assertEquals(wanted, filesOf(work.notes()));
    String tree = NativeGit.git(origin, "rev-parse", "main^{tree}");
    for (Machine machine : List.of(home, work)) {
      assertEquals(tree, NativeGit.git(machine.ledger(), "rev-parse", "HEAD^{tree}"));
      new NativeGit(machine.ledger()).mustBeSound();
    }
  }

  private static Map<String, String> filesOf(Path folder) throws IOException {
    var files = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString();
        if (!path.startsWith(".git/") && !path.startsWith(".syncline-folder/")) {
          files.put(path, Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return files;
  }

  private static void post(Machine machine, String changes) throws Exception {
    var request =
        HttpRequest.newBuilder(machine.desk().address().resolve("/api/v1/workspaces/notes/changes"))
            .header("Authorization", "Bearer " + machine.desk().adminToken())
            .POST(HttpRequest.BodyPublishers.ofString(changes))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode(), answer.body());
    }
  }
}

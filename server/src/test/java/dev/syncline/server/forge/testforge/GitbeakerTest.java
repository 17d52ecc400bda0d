package dev.syncline.server.forge.testforge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import dev.syncline.core.port.PullRequests.Text;
import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.forge.ForgeRepository;
import dev.syncline.server.forge.Forges;
import dev.syncline.server.forge.Login;
import dev.syncline.testkit.NodePackages;
import dev.syncline.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The test forge for GitLab, and our requests to it, are held to gitbeaker, a client of others. It
 * takes any name that it is given and puts it on the wire, so its program is held to its types.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GitbeakerTest {

  private static final Path SOURCE = Path.of("src/test/peer/gitbeaker");
  private static final Path PROGRAM = Path.of("target/peer/gitbeaker");

  private final SettableClock clock = new SettableClock();

  /** What gitbeaker asked, a line for each request. */
  private String theirs = "";

  @BeforeAll
  void runGitbeaker(@TempDir Path folder) {
    NodePackages.install(SOURCE, PROGRAM);
    try (TestForge forge = start(folder)) {
      String host = "http://" + forge.api().getAuthority();
      NodePackages.run(PROGRAM, "node", "main.mjs", host, TestForge.TOKEN);
      theirs = asked(forge);
    }
  }

  /** With two pages of comments below an old merge request, and a branch for a new one. */
  private TestForge start(Path folder) {
    TestForge forge = TestForge.gitLab(folder, clock);
    forge.commit("main", "first", Map.of("a.json", "{}"));
    forge.repository().git("branch", "drift", "main");
    forge.commit("drift", "second", Map.of("a.json", "[]"));
    TestPull old = forge.pulls().make(TestPulls.OWNER, "old", "main");
    IntStream.range(0, 150).forEach(i -> old.comments.add("comment " + i));
    return forge;
  }

  @Test
  void itReadsWhatWasAsked() throws IOException {
    JsonNode read = JsonMapper.shared().readTree(Files.readString(PROGRAM.resolve("read.json")));
    assertEquals("[[2,\"Drift\",\"opened\"]]", read.path("listed").toString());
    assertEquals("[\"Other\",\"more\"]", read.path("edited").toString());
    assertEquals("said", read.path("note").asString());
    List<String> notes = read.path("notes").valueStream().map(JsonNode::asString).toList();
    assertEquals(IntStream.range(0, 150).mapToObj(i -> "comment " + (149 - i)).toList(), notes);
    assertEquals("[\"bug\",\"sync\"]", read.path("labels").toString());
    assertEquals("[[],[\"ben\"]]", read.path("reviewers").toString());
    assertEquals("[[],[\"cleo\"]]", read.path("assignees").toString());
    assertEquals("closed", read.path("closed").asString());
  }

  @Test
  void itsTypesHaveAllThatIsAskedAndAnswered() {
    assertEquals("", NodePackages.run(PROGRAM, "node", "node_modules/typescript/bin/tsc"));
  }

  /**
   * All but headers is the same: gitbeaker shows a token as {@code Private-Token}, we show it as
   * {@code Authorization: Bearer}, which GitLab takes from OAuth too.
   */
  @Test
  void itAsksWhatWeAsk(@TempDir Path folder) {
    try (TestForge forge = start(folder);
        Forges forges = new Forges(clock, clock::move)) {
      ask(
          forges.pullRequests(
              ForgeRepository.of(forge.url(), Optional.of(ForgeKind.GITLAB), Optional.empty()),
              new Login.Token(() -> TestForge.TOKEN)));
      assertEquals(theirs, asked(forge));
    }
  }

  private static void ask(PullRequests pulls) {
    var old = new PullRequest(1, "", State.CLOSED, Optional.empty(), new Text("", ""));
    PullRequest opened = pulls.open("drift", "main", new Text("Drift", "words"));
    pulls.newest("drift", "main");
    pulls.edit(opened, new Text("Other", "more"));
    pulls.comment(opened, "said");
    pulls.comments(old);
    pulls.add(
        opened, new Company(List.of("bug", "sync"), List.of("ben"), List.of(), List.of("cleo")));
    pulls.close(opened);
  }

  /** A line for each request: its method and path, its query and its body by name. */
  private static String asked(TestForge forge) {
    return forge.asked().stream()
        .map(one -> {
          var body = new TreeMap<String, JsonNode>();
          one.body().properties().forEach(field -> body.put(field.getKey(), field.getValue()));
          return one.method() + " " + one.path() + " " + new TreeMap<>(one.query()) + " " + body;
        })
        .collect(Collectors.joining("\n"));
  }
}

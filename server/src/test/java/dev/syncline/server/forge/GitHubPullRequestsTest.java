package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.Text;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.forge.testforge.Reply;
import dev.syncline.server.forge.testforge.TestForge;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Pull requests on GitHub, and what GitHub's documentation says can go wrong. */
final class GitHubPullRequestsTest extends ForgeTroubleContract {

  private static final String LIMIT = "You have exceeded a secondary rate limit. Please wait.";

  @Override
  TestForge start(Path folder) {
    return TestForge.gitHub(folder, clock);
  }

  @Override
  ForgeKind kind() {
    return ForgeKind.GITHUB;
  }

  private Duration timeOf(Runnable what) {
    Instant before = clock.instant();
    what.run();
    return Duration.between(before, clock.instant());
  }

  @Test
  void theSecondaryLimitIsWaitedForAsItSays() {
    forge().trouble("POST", Fault.answer(Reply.error(403, LIMIT).with("Retry-After", "42")));
    assertEquals(42, timeOf(this::open).toSeconds());
    assertTrue(only().isOpen);
  }

  @Test
  void theSecondaryLimitWithoutATimeIsAMinuteThenTwo() {
    forge().trouble("POST", Fault.answer(403, LIMIT));
    assertEquals(60, timeOf(this::open).toSeconds());
    forge().trouble("PATCH", Fault.answer(403, LIMIT));
    forge().trouble("PATCH", Fault.answer(403, LIMIT));
    PullRequest opened = newest();
    PullRequests pulls = pulls();
    clock.move(Duration.ofSeconds(1));
    assertEquals(180, timeOf(() -> pulls.edit(opened, new Text("Other", "words"))).toSeconds());
    assertEquals("Other", only().title);
  }

  @Test
  void theSecondaryLimitThatStaysIsLeftToTheCaller() {
    for (int i = 0; i < 3; i++) {
      forge().trouble("POST", Fault.answer(403, LIMIT));
    }
    var e = assertThrows(SyncException.Unavailable.class, this::open);
    assertTrue(e.notBefore().orElseThrow().isAfter(clock.instant()));
    assertTrue(forge().isCalm());
    assertEquals(List.of(), forge().pulls().all());
  }

  @Test
  void theHourlyLimitIsWaitedForUntilItEndsIfThatIsSoon() {
    forge().trouble("POST", Fault.answer(spent(clock.instant().plusSeconds(100))));
    assertEquals(100, timeOf(this::open).toSeconds());
    Instant late = clock.instant().plusSeconds(2000);
    forge().trouble("GET", Fault.answer(spent(late)));
    PullRequests pulls = pulls();
    for (int i = 0; i < 2; i++) {
      var e = assertThrows(SyncException.Unavailable.class, () -> pulls.newest(FROM_HERE, "main"));
      assertEquals(Optional.of(late), e.notBefore());
    }
    assertEquals(1, forge().requests().stream().filter(line -> line.startsWith("GET")).count());
  }

  private static Reply spent(Instant until) {
    return Reply.error(403, "API rate limit exceeded for user ID 1.")
        .with("X-RateLimit-Remaining", "0")
        .with("X-RateLimit-Reset", String.valueOf(until.getEpochSecond()));
  }

  @Test
  void changesAreASecondApart() {
    PullRequest opened = open();
    clock.move(Duration.ofSeconds(1));
    PullRequests pulls = pulls();
    assertEquals(
        2,
        timeOf(
                () -> {
                  pulls.comment(opened, "one");
                  pulls.comment(opened, "two");
                  pulls.comment(opened, "three");
                })
            .toSeconds());
  }

  @Test
  void allTakeTurns() throws Exception {
    open();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      PullRequests pulls = pulls();
      threads.add(Thread.ofVirtual().start(() -> pulls.newest(FROM_HERE, "main")));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(1, forge().mostAtOnce());
    assertEquals(5, forge().requests().size());
  }

  @Test
  void commitsThatGitHubDoesNotSeeYetAreWaitedFor() {
    forge().trouble("POST", Fault.answer(invalid("\"message\":\"No commits between main and x\"")));
    forge().trouble("POST", Fault.answer(invalid("\"field\":\"head\",\"code\":\"invalid\"")));
    open();
    assertTrue(only().isOpen);
  }

  private static Reply invalid(String error) {
    String body = "{\"message\":\"Validation Failed\",\"errors\":[{" + error + "}]}";
    return new Reply(422, Map.of(), body);
  }

  @Test
  void conflictsAndArchivedRepositoriesAreSaid() {
    forge().trouble("POST", Fault.answer(409, "Conflict"));
    assertThrows(SyncException.Invalid.class, this::open);
    forge()
        .trouble(
            "POST",
            Fault.answer(
                Reply.error(403, "Resource not accessible by integration")
                    .with("X-Accepted-GitHub-Permissions", "pull_requests=write")));
    var e = assertThrows(SyncException.Denied.class, this::open);
    assertTrue(String.valueOf(e.getMessage()).contains("pull_requests=write"), e::toString);
    open();
    assertTrue(only().isOpen);
  }

  @Test
  void aRepositoryThatWasRenamedIsFollowed() {
    PullRequests former =
        forges.pullRequests(
            new ForgeRepository(ForgeKind.GITHUB, forge().api(), "former", "papers"),
            new Login.Token(() -> TestForge.TOKEN));
    PullRequest opened = former.open(FROM_HERE, "main", TEXT);
    assertEquals(Optional.of(opened), former.newest(FROM_HERE, "main"));
    former.edit(opened, new Text("Other", "words"));
    assertEquals("Other", only().title);
    forge().forgetRequests();
    former.newest(FROM_HERE, "main");
    assertEquals(1, forge().requests().size());
  }

  @Test
  void theTokenIsNotShownElsewhere() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    var other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      other.createContext(
          "/",
          exchange -> {
            heard.add(exchange.getRequestURI().toString());
            exchange.close();
          });
      other.start();
      String there = "http://127.0.0.1:" + other.getAddress().getPort() + "/";
      forge().trouble("GET", Fault.answer(Reply.error(302, "Found").with("Location", there)));
      assertThrows(SyncException.Invalid.class, () -> pulls().newest(FROM_HERE, "main"));
      assertEquals(List.of(), heard);
    } finally {
      other.stop(0);
    }
  }

  @Test
  void whatDidNotChangeIsNotSentAgain() {
    PullRequest opened = open();
    PullRequests pulls = pulls();
    assertEquals(Optional.of(opened), pulls.newest(FROM_HERE, "main"));
    assertEquals(Optional.of(opened), pulls.newest(FROM_HERE, "main"));
    pulls.edit(opened, new Text("Other", "words"));
    assertEquals("Other", newest().text().title());
  }

  @Test
  void aTeamNeedsAPermissionOfItsOwn() {
    PullRequest opened = open();
    forge()
        .trouble(
            "requested_reviewers",
            Fault.answer(422, "Could not resolve to a node with the global id of 'T_1'."));
    var company = new Company(List.of(), List.of(), List.of("editors"), List.of());
    List<String> failures = pulls().add(opened, company);
    assertTrue(failures.toString().contains("Members: read"), failures::toString);
    assertEquals(List.of(), pulls().add(opened, company));
    assertEquals(Set.of("editors"), only().teams);
    pulls().edit(opened, new Text("Other", "words"));
    assertEquals("Other", newest().text().title());
  }

  @Test
  void aPageThatIsNoJsonIsNoAnswer() {
    for (int i = 0; i < 4; i++) {
      forge().trouble("GET", Fault.answer(new Reply(200, Map.of(), "<html>hello")));
    }
    var e = assertThrows(SyncException.Unavailable.class, () -> pulls().newest(FROM_HERE, "main"));
    assertTrue(String.valueOf(e.getMessage()).contains("without JSON"), e::toString);
  }
}

package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.PullRequests;
import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.State;
import dev.syncline.core.port.PullRequests.Text;
import dev.syncline.server.forge.testforge.TestForge;
import dev.syncline.server.forge.testforge.TestPull;
import dev.syncline.testkit.SettableClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for pull requests on every forge. */
abstract class PullRequestsContract {

  static final String FROM = "syncline/drift ü";
  static final String FROM_HERE = "syncline/drift";
  static final Text TEXT = new Text("Drift of 3 records", "| a | b |\n\nsays *Ünï* `x`");

  @TempDir Path folder;
  final SettableClock clock = new SettableClock();
  final Forges forges = new Forges(clock, clock::move);
  private Optional<TestForge> running = Optional.empty();

  abstract TestForge start(Path folder);

  abstract ForgeKind kind();

  @BeforeEach
  void startForge() {
    running = Optional.of(start(folder));
    forge().commit("main", "first", Map.of("a.json", "{}"));
    forge().repository().git("branch", FROM_HERE, "main");
    forge().commit(FROM_HERE, "drift", Map.of("a.json", "{\"a\": 1}"));
  }

  @AfterEach
  void stop() {
    forges.close();
    forge().close();
  }

  TestForge forge() {
    return running.orElseThrow();
  }

  PullRequests pulls(String token) {
    return forges.pullRequests(
        ForgeRepository.of(forge().url(), Optional.of(kind()), Optional.empty()),
        new Login.Token(() -> token));
  }

  PullRequests pulls() {
    return pulls(TestForge.TOKEN);
  }

  /** The only one there is, after all. */
  TestPull only() {
    assertEquals(1, forge().pulls().all().size());
    assertTrue(forge().isCalm());
    return forge().pulls().all().getFirst();
  }

  void onlyWithText() {
    assertTrue(only().isOpen);
    assertEquals(TEXT, new Text(only().title, only().body));
  }

  PullRequest open() {
    return pulls().open(FROM_HERE, "main", TEXT);
  }

  @Test
  void thePullRequestSaysWhichCommitItHasOrHadWhenItWasMerged() {
    String drift = forge().repository().tip(FROM_HERE).orElseThrow();
    var opened = pulls().open(FROM_HERE, "main", TEXT);
    assertEquals(Optional.of(drift), opened.head().map(CommitId::hex));
    forge().pulls().squash(opened.number());
    forge().commit(FROM_HERE, "later", Map.of("b.json", "{}"));
    var merged = pulls().newest(FROM_HERE, "main").orElseThrow();
    assertEquals(State.MERGED, merged.state());
    assertEquals(Optional.of(drift), merged.head().map(CommitId::hex));
  }

  @Test
  void oneIsOpenedAndFound() {
    assertEquals(Optional.empty(), pulls().newest(FROM_HERE, "main"));
    PullRequest opened = open();
    assertEquals(State.OPEN, opened.state());
    assertEquals(TEXT, opened.text());
    assertTrue(opened.address().startsWith("http://127.0.0.1"), opened.address());
    assertEquals(Optional.of(opened), pulls().newest(FROM_HERE, "main"));
    assertEquals(Optional.empty(), pulls().newest("main", FROM_HERE));
    onlyWithText();
  }

  @Test
  void aNewRunTakesOneRequestToLook() {
    open();
    forge().forgetRequests();
    pulls().newest(FROM_HERE, "main");
    assertEquals(1, forge().requests().size(), forge().requests()::toString);
    forge().pulls().close(1);
    pulls().newest(FROM_HERE, "main");
    assertEquals(2, forge().requests().size(), forge().requests()::toString);
  }

  @Test
  void openingAgainChangesTheText() {
    pulls().open(FROM_HERE, "main", new Text("Drift", "old"));
    PullRequest again = open();
    assertEquals(TEXT, again.text());
    onlyWithText();
  }

  @Test
  void whatBecameOfItIsSeen() {
    PullRequest first = open();
    forge().pulls().close(first.number());
    assertEquals(State.CLOSED, newest().state());
    PullRequest second = open();
    forge().pulls().squash(second.number());
    assertEquals(State.MERGED, newest().state());
    assertEquals(second.number(), newest().number());
    forge().commit(FROM_HERE, "more drift", Map.of("b.json", "{}"));
    PullRequest third = open();
    forge().pulls().merge(third.number());
    assertEquals(State.MERGED, newest().state());
    assertEquals(third.number(), newest().number());
  }

  @Test
  void anOpenOneComesBeforeNewerOnes() {
    PullRequest first = open();
    forge().pulls().close(first.number());
    PullRequest second = open();
    forge().pulls().close(second.number());
    forge().pulls().reopen(first.number());
    assertEquals(first.number(), newest().number());
    assertEquals(State.OPEN, newest().state());
  }

  @Test
  void thoseFromForksAreNotOurs() {
    forge().pulls().make("stranger", FROM_HERE, "main");
    assertEquals(Optional.empty(), pulls().newest(FROM_HERE, "main"));
    assertEquals(2, open().number());
  }

  @Test
  void aBranchThatIsGoneLeavesItsPullRequestBehind() {
    PullRequest opened = open();
    forge().repository().git("branch", "-D", FROM_HERE);
    assertEquals(State.CLOSED, newest().state());
    assertEquals(opened.number(), newest().number());
  }

  @Test
  void namesOfBranchesMayHaveAnythingInThem() {
    forge().repository().git("branch", FROM.replace(' ', '+'), FROM_HERE);
    PullRequest opened = pulls().open(FROM.replace(' ', '+'), "main", TEXT);
    assertEquals(Optional.of(opened), pulls().newest(FROM.replace(' ', '+'), "main"));
  }

  @Test
  void oneIsChangedCommentedAndClosed() {
    PullRequest opened = open();
    pulls().edit(opened, new Text("Other", "words"));
    assertEquals(new Text("Other", "words"), newest().text());
    pulls().comment(opened, "one");
    pulls().comment(opened, "two\n");
    assertEquals(List.of("one", "two"), pulls().comments(opened));
    pulls().close(opened);
    assertEquals(State.CLOSED, newest().state());
  }

  @Test
  void theNewestCommentsAreRead() {
    PullRequest opened = open();
    List<String> all = IntStream.range(0, 450).mapToObj(i -> "comment " + i).toList();
    only().comments.addAll(all);
    List<String> read = pulls().comments(opened);
    assertTrue(read.size() >= 299 && read.size() <= 300, () -> "" + read.size());
    assertEquals(all.subList(450 - read.size(), 450), read);
  }

  @Test
  void aTextMayBeAsLongAsItSays() {
    String longest = "x".repeat(pulls().longestBody());
    pulls().open(FROM_HERE, "main", new Text("t".repeat(400), longest));
    assertEquals(longest, only().body);
    assertTrue(newest().text().title().length() <= 255);
  }

  @Test
  void companyIsAdded() {
    PullRequest opened = open();
    var company = new Company(List.of("bug", "sync"), List.of("ben"), List.of(), List.of("cleo"));
    assertEquals(List.of(), pulls().add(opened, company));
    assertEquals(List.of(), pulls().add(opened, company));
    assertEquals(Set.of("bug", "sync"), only().labels);
    assertEquals(Set.of("ben"), only().reviewers);
    assertEquals(Set.of("cleo"), only().assignees);
  }

  @Test
  void oneBadNameDoesNotLoseTheOthers() {
    PullRequest opened = open();
    var company =
        new Company(
            List.of("sync"), List.of("ben", "nobody"), List.of("none"), List.of("x", "cleo"));
    List<String> failures = pulls().add(opened, company);
    for (String name : List.of("reviewer nobody", "team none", "assignee x")) {
      assertTrue(failures.stream().anyMatch(said -> said.startsWith(name)), failures::toString);
    }
    assertEquals(Set.of("sync"), only().labels);
    assertEquals(Set.of("ben"), only().reviewers);
    assertEquals(Set.of("cleo"), only().assignees);
  }

  @Test
  void aBranchWithoutCommitsOfItsOwnIsInvalid() {
    forge().repository().git("branch", "nothing", "main");
    if (kind() != ForgeKind.GITLAB) { // which opens one
      assertThrows(SyncException.Invalid.class, () -> pulls().open("nothing", "main", TEXT));
    }
    assertThrows(SyncException.Invalid.class, () -> pulls().open("missing", "main", TEXT));
    assertEquals(List.of(), forge().pulls().all().stream().filter(one -> one.isOpen).toList());
  }

  PullRequest newest() {
    return pulls().newest(FROM_HERE, "main").orElseThrow();
  }
}

package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.forge.testforge.TestForge;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pull requests on Gitea and Forgejo. */
final class GiteaPullRequestsTest extends ForgeTroubleContract {

  @Override
  TestForge start(Path folder) {
    return TestForge.gitea(folder, clock);
  }

  @Override
  ForgeKind kind() {
    return ForgeKind.GITEA;
  }

  @Test
  void oneIsFoundAmongMany() {
    PullRequest opened = pulls().open(FROM_HERE, "main", TEXT);
    for (int i = 0; i < 120; i++) {
      forge().pulls().make("stranger", "other", "main");
    }
    assertEquals(opened, newest());
    forge().pulls().close(opened.number());
    assertEquals(opened.number(), newest().number());
  }

  @Test
  void aLabelWhoseAnswerIsLostIsMadeOnce() {
    PullRequest opened = pulls().open(FROM_HERE, "main", TEXT);
    String made = "POST /api/v1/repos/anna/notes/labels";
    forge().trouble(made, Fault.doneBut(502));
    var company = new Company(List.of("sync"), List.of(), List.of(), List.of());
    assertEquals(List.of(), pulls().add(opened, company));
    assertEquals(1, forge().requests().stream().filter(made::equals).count());
    assertEquals(Set.of("sync"), only().labels);
  }

  @Test
  void teamsAreAsked() {
    PullRequest opened = pulls().open(FROM_HERE, "main", TEXT);
    var company = new Company(List.of(), List.of(), List.of("editors"), List.of());
    assertEquals(List.of(), pulls().add(opened, company));
    assertEquals(Set.of("editors"), only().teams);
  }
}

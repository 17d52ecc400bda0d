package dev.syncline.server.forge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.port.PullRequests.Company;
import dev.syncline.core.port.PullRequests.PullRequest;
import dev.syncline.core.port.PullRequests.Text;
import dev.syncline.server.forge.testforge.TestForge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Merge requests on GitLab. */
final class GitLabPullRequestsTest extends ForgeTroubleContract {

  @Override
  TestForge start(Path folder) {
    return TestForge.gitLab(folder, clock);
  }

  @Override
  ForgeKind kind() {
    return ForgeKind.GITLAB;
  }

  @Test
  void aTextThatLooksLikeACommandIsNone() {
    var text = new Text("t", "see\n/close\n```\n/close of code\n```\n  /merge");
    PullRequest opened = pulls().open(FROM_HERE, "main", text);
    assertEquals("see\n&#47;close\n```\n/close of code\n```\n  &#47;merge", only().body);
    assertEquals(text, newest().text());
    pulls().comment(opened, "/close");
    assertTrue(only().isOpen);
    assertEquals(List.of("/close"), pulls().comments(opened));
  }

  @Test
  void whoIsLeftOutWithoutAWordIsNamed() {
    PullRequest opened = pulls().open(FROM_HERE, "main", TEXT);
    var company = new Company(List.of(), List.of("ben", "cleo"), List.of(), List.of());
    List<String> failures = pulls().add(opened, company);
    assertEquals(1, failures.size());
    assertTrue(failures.getFirst().startsWith("reviewer cleo was not added: "), failures::toString);
  }
}

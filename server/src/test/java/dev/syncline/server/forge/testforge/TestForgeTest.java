package dev.syncline.server.forge.testforge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.ledger.NativeGit;
import dev.syncline.testkit.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test forge is a forge as far as tests need one. */
final class TestForgeTest {

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();

  private NativeGit.Output git(TestForge forge, String password, String... arguments) {
    String url = forge.url().replace("http://", "http://x:" + password + "@");
    List<String> command =
        List.of(arguments).stream().map(part -> part.equals("URL") ? url : part).toList();
    return new NativeGit(folder).attempt(command, new byte[0]);
  }

  @Test
  void realGitClientsFetchAndPush() throws Exception {
    try (TestForge forge = TestForge.gitHub(folder.resolve("forge"), clock)) {
      forge.commit("main", "first", Map.of("a", "a"));
      assertNotEquals(0, git(forge, "wrong", "clone", "-q", "URL", "denied").code());
      NativeGit.Output cloned = git(forge, TestForge.TOKEN, "clone", "-q", "URL", "clone");
      assertEquals(0, cloned.code(), cloned::out);
      Path clone = folder.resolve("clone");
      Files.writeString(clone.resolve("b"), "b");
      NativeGit.git(clone, "add", "b");
      NativeGit.git(clone, "commit", "-q", "-m", "second");
      forge.trouble("git-receive-pack", Fault.answer(503, "busy"));
      assertNotEquals(0, new NativeGit(clone).attempt(List.of("push", "-q"), new byte[0]).code());
      NativeGit.git(clone, "push", "-q");
      assertEquals("b", forge.repository().file("main", "b"));
      assertTrue(forge.gitRequests().size() > 4 && forge.requests().isEmpty());
    }
  }

  @Test
  void whatIsNotAsDescribedIsFound() throws Exception {
    TestForge forge = TestForge.gitHub(folder.resolve("forge"), clock);
    forge.commit("main", "first", Map.of("a", "a"));
    try (var client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(forge.api() + "/repos/anna/notes/pulls"))
              .header("Authorization", "Bearer " + TestForge.TOKEN)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"title\": \"no branches\"}"))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertEquals(400, answer.statusCode());
      assertEquals(
          Optional.of("Sat, 21 Nov 2026 08:00:00 GMT"), answer.headers().firstValue("Date"));
    }
    var e = assertThrows(AssertionError.class, forge::close);
    assertTrue(String.valueOf(e.getMessage()).contains("[\"base\",\"head\"]"), e::toString);
  }
}

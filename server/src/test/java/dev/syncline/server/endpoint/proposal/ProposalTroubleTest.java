package dev.syncline.server.endpoint.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import dev.syncline.server.endpoint.proposal.Marker.Added;
import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.forge.testforge.Fault;
import dev.syncline.server.forge.testforge.Reply;
import dev.syncline.server.forge.testforge.TestPull;
import dev.syncline.server.ledger.NativeGit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each failure that a forge is known for ends in one correct pull request. Git underneath is real.
 * {@code -Dsyncline.full=true} tries each of them at each request, otherwise each is tried at some.
 */
final class ProposalTroubleTest {

  private static final String DATA = "models.json";
  private static final String BRANCH = TestSyncline.BRANCH;

  /** A platform's slowness may need a few runs, and never many. */
  private static final int MOST_RUNS = 5;

  /** Longer than any that the forge asks to wait. */
  private static final Duration A_WHILE = Duration.ofMinutes(20);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, /repos/anna/notes/pulls?",
    "1, POST /api/v3/repos/anna/notes/pulls",
    "2, PATCH /api/v3/repos/anna/notes/pulls/",
    "3, /labels",
    "4, /requested_reviewers",
    "5, /assignees"
  })
  void ofTheApi(int number, String victim) {
    var faults = common();
    faults.put("409", Fault.answer(409, "Conflict"));
    faults.put(
        "422 exists", Fault.answer(422, "A pull request already exists for anna:" + BRANCH + "."));
    faults.put("422 nothing", Fault.answer(422, "No commits between main and " + BRANCH));
    faults.put("403 secondary", Fault.answer(limited()));
    faults.put("403 secondary, a while", Fault.answer(limited().with("Retry-After", "60")));
    faults.put("403 secondary, long", Fault.answer(limited().with("Retry-After", "900")));
    faults.put("429", Fault.answer(Reply.error(429, "Too many").with("Retry-After", "30")));
    live(victim, some(number, faults));
  }

  @ParameterizedTest
  @CsvSource({
    "0, info/refs?service=git-upload-pack",
    "1, POST /anna/notes.git/git-upload-pack",
    "2, info/refs?service=git-receive-pack",
    "3, POST /anna/notes.git/git-receive-pack"
  })
  void ofGit(int number, String victim) {
    var faults = common();
    faults.put("403", Fault.answer(403, "Forbidden"));
    faults.put("429", Fault.answer(Reply.error(429, "Too many").with("Retry-After", "30")));
    live(victim, some(number, faults));
  }

  private static Map<String, Fault> common() {
    var faults = new LinkedHashMap<String, Fault>();
    faults.put("404", Fault.answer(404, "Not Found"));
    faults.put("502", Fault.answer(502, "Server Error"));
    faults.put("503 after it was done", Fault.doneBut(503));
    faults.put("reset", Fault.reset());
    faults.put("reset after it was done", Fault.doneButReset());
    return faults;
  }

  private static Reply limited() {
    return Reply.error(
        403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try.");
  }

  /** Another part of the faults for each victim. */
  private static Map<String, Fault> some(int victim, Map<String, Fault> faults) {
    int every = Boolean.getBoolean("syncline.full") ? 1 : 4;
    int next = victim;
    var some = new LinkedHashMap<String, Fault>();
    for (Map.Entry<String, Fault> fault : faults.entrySet()) {
      if (next++ % every == 0) {
        some.put(fault.getKey(), fault.getValue());
      }
    }
    return some;
  }

  private void live(String victim, Map<String, Fault> faults) {
    var files = Map.of(DATA, text(0), "README.md", "people's", "image.bin", "pixels");
    try (var stage = new ProposalStage(folder, ForgeKind.GITHUB, files)) {
      calm(stage, "the first look");
      int size = 0;
      for (Map.Entry<String, Fault> fault : faults.entrySet()) {
        stage.forge().trouble(victim, fault.getValue());
        calm(stage, fault.getKey());
        for (int change = 0; change < 2; change++) {
          stage.sourceSays(DATA, text(++size));
          calm(stage, fault.getKey());
          oneThatSays(stage, size);
        }
        String tip = stage.git("rev-parse", BRANCH);
        calm(stage, fault.getKey());
        assertEquals(tip, stage.git("rev-parse", BRANCH));
        oneThatSays(stage, size);
        assertEquals(Added.ALL, Marker.added(stage.pulls().getLast().body), fault.getKey());
        assertTrue(stage.forge().isCalm(), () -> fault.getKey() + " befell nothing");
        stage.forge().pulls().squash(stage.pulls().getLast().number);
        calm(stage, fault.getKey());
        assertEquals(List.of(), open(stage));
      }
      assertEquals(faults.size(), stage.pulls().size());
      NativeGit.mustBeSound(stage.forge().repository().path());
    }
  }

  /** Runs until nothing is left to do, and then one does nothing. */
  private static void calm(ProposalStage stage, String after) {
    Run run = stage.run();
    for (int i = 0; i < MOST_RUNS && !isCalm(run); i++) {
      stage.clock().move(A_WHILE);
      run = stage.run();
    }
    String said = run.toString();
    assertTrue(isCalm(run), () -> after + ": " + said);
    stage.clock().move(A_WHILE);
  }

  private static boolean isCalm(Run run) {
    return run.outcome() instanceof Outcome.Equal && run.work().problems().isEmpty();
  }

  private static List<Long> open(ProposalStage stage) {
    return stage.pulls().stream().filter(it -> it.isOpen).map(it -> it.number).toList();
  }

  private static void oneThatSays(ProposalStage stage, int size) {
    assertEquals(1, open(stage).size());
    TestPull pull = stage.pulls().getLast();
    assertTrue(pull.isOpen);
    assertTrue(pull.body.contains("→ <code>" + size + "</code>"), pull.body);
    assertEquals(List.of(), pull.comments);
    assertEquals("M\t" + DATA, stage.git("diff", "--name-status", "main", BRANCH));
    assertEquals(text(size).strip(), stage.git("show", BRANCH + ":" + DATA));
  }

  private static String text(int size) {
    return """
    {
      "one": {
        "size": %s
      }
    }
    """
        .formatted(size);
  }
}

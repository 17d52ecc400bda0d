package dev.syncline.server.endpoint.proposal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.forge.testforge.TestPull;
import dev.syncline.server.ledger.NativeGit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two Synclines, each with a ledger of its own, propose to one repository in which people do what
 * they like. {@code -Dsyncline.full=true} takes more steps; {@code -Dsyncline.seed=N} repeats one.
 */
final class TwoSynclinesTest {

  private static final String DATA = "models.json";
  private static final String BRANCH = TestSyncline.BRANCH;
  private static final int RECORDS = 6;
  private static final int STEPS = Boolean.getBoolean("syncline.full") ? 200 : 40;

  @TempDir Path folder;

  private final List<String> history = new ArrayList<>();
  private final Set<String> peoples = new HashSet<>();
  private int next = 100;

  @Test
  void loseNobodysWorkAndHaveOnePullRequest() {
    long seed = Long.getLong("syncline.seed", System.nanoTime());
    Map<String, String> files = Map.of(DATA, text(Map.of()), "README.md", "people's");
    try (var stage = new ProposalStage(folder, ForgeKind.GITHUB, files)) {
      var random = new Random(seed);
      runs(stage, stage.first());
      runs(stage, stage.second());
      for (int step = 0; step < STEPS; step++) {
        step(stage, random);
      }
      calm(stage);
      NativeGit.mustBeSound(stage.forge().repository().path());
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "-Dsyncline.seed=" + seed + " after\n" + String.join("\n", history), e);
    }
  }

  private void step(ProposalStage stage, Random random) {
    int record = random.nextInt(RECORDS);
    int value = next++;
    Optional<TestPull> open = stage.forge().pulls().open(BRANCH, "main");
    switch (random.nextInt(14)) {
      case 0, 1 -> {
        says(stage.first(), record, value);
        says(stage.second(), record, value);
      }
      case 2 -> says(random.nextBoolean() ? stage.first() : stage.second(), record, value);
      case 3 -> commits(stage, "main", DATA, changed(stage, "main", record, value));
      case 4 -> commits(stage, "main", "README.md", "people's " + value);
      case 5 -> {
        if (open.isPresent()) {
          boolean isData = random.nextBoolean();
          peoples.add(
              commits(
                  stage,
                  BRANCH,
                  isData ? DATA : "README.md",
                  isData ? changed(stage, BRANCH, record, value) : "on the branch " + value));
        }
      }
      case 6 -> open.filter(pull -> isMergeable(stage)).ifPresent(pull -> merges(stage, pull));
      case 7 ->
          open.ifPresent(pull -> {
            history.add("somebody closes " + pull.number);
            stage.forge().pulls().close(pull.number);
          });
      case 8 -> {
        if (random.nextInt(3) == 0 && stage.forge().repository().tip(BRANCH).isPresent()) {
          history.add("somebody deletes the branch");
          stage.git("update-ref", "-d", "refs/heads/" + BRANCH);
          peoples.clear();
        }
      }
      case 9 -> {
        if (random.nextInt(3) == 0) {
          history.add("somebody writes main anew");
          String tree = stage.git("rev-parse", "main^{tree}");
          String anew = stage.git("commit-tree", "-m", "anew " + value, tree);
          stage.git("update-ref", "refs/heads/main", anew);
        }
      }
      case 10, 11 -> runs(stage, stage.first());
      default -> runs(stage, stage.second());
    }
  }

  private void says(TestSyncline syncline, int record, int value) {
    history.add("the source says r" + record + " = " + value);
    String text = syncline.file(DATA).orElseThrow();
    syncline.sourceSays(DATA, Optional.of(with(text, record, value)));
  }

  private String commits(ProposalStage stage, String branch, String file, String text) {
    String commit = stage.forge().commit(branch, "by a person", Map.of(file, text));
    history.add("somebody commits " + commit + " to " + branch + ": " + file);
    return commit;
  }

  private void merges(ProposalStage stage, TestPull pull) {
    history.add("somebody merges " + pull.number);
    // Forges keep what was squashed.
    stage.git("update-ref", "refs/pull/" + pull.number + "/head", "refs/heads/" + BRANCH);
    stage.forge().pulls().squash(pull.number);
  }

  private static boolean isMergeable(ProposalStage stage) {
    List<String> command = List.of("merge-tree", "--write-tree", "main", BRANCH);
    return new NativeGit(stage.forge().repository().path()).attempt(command, new byte[0]).code()
        == 0;
  }

  private static String changed(ProposalStage stage, String branch, int record, int value) {
    return with(stage.git("show", branch + ":" + DATA) + "\n", record, value);
  }

  private Run runs(ProposalStage stage, TestSyncline syncline) {
    String main = stage.git("rev-parse", "main");
    Run run = syncline.run();
    history.add(
        (syncline == stage.first() ? "first: " : "second: ")
            + run.outcome()
            + run.work().reply().notes()
            + run.work().problems());
    assertEquals(main, stage.git("rev-parse", "main"), "nobody but people write there");
    List<TestPull> open = stage.pulls().stream().filter(pull -> pull.isOpen).toList();
    assertTrue(open.size() <= 1, () -> open.size() + " are open");
    Optional<String> tip = stage.forge().repository().tip(BRANCH);
    String reachable = stage.git("rev-list", "--all");
    peoples.forEach(commit -> assertTrue(reachable.contains(commit), () -> commit + " is lost"));
    boolean isOurs =
        tip.isPresent() && stage.git("log", "-1", "--format=%cn", BRANCH).equals("Bot");
    if (isOurs) {
      String base =
          stage.git(
              "log", "-1", "--format=%(trailers:key=Syncline-Base,valueonly,separator=)", BRANCH);
      String names = stage.git("diff", "--name-only", base, BRANCH);
      assertTrue(Set.of("", DATA).contains(names), names);
    }
    boolean isAtEnd =
        run.outcome() instanceof Outcome.Equal
            && run.work().problems().isEmpty()
            && run.work().reply().proposed() == 0;
    if (isAtEnd && isOurs) {
      assertEquals(List.of(), open.stream().map(pull -> pull.number).toList());
    }
    return run;
  }

  /** Without anything new nothing is done, and what is proposed is what the ledger has. */
  private void calm(ProposalStage stage) {
    runs(stage, stage.first());
    runs(stage, stage.first());
    String before = stage.git("for-each-ref") + stage.pulls().size();
    Run run = runs(stage, stage.first());
    assertEquals(before, stage.git("for-each-ref") + stage.pulls().size());
    assertTrue(run.outcome() instanceof Outcome.Equal, run::toString);
  }

  private static String with(String text, int record, int value) {
    return text.replaceFirst("(\"r" + record + "\": \\{\\s*\"size\": )\\d+", "$1" + value);
  }

  private static String text(Map<Integer, Integer> values) {
    var all = new TreeMap<>(values);
    return IntStream.range(0, RECORDS)
        .mapToObj(i -> "  \"r" + i + "\": {\n    \"size\": " + all.getOrDefault(i, i) + "\n  }")
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }
}

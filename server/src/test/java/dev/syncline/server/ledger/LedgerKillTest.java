package dev.syncline.server.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.model.Changes;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.port.Ledger;
import dev.syncline.core.port.Recording;
import dev.syncline.server.KilledProgram;
import dev.syncline.testkit.LedgerSteps;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that records is killed at random moments: whatever was answered is there, and each
 * recording is there as a whole or not at all.
 */
final class LedgerKillTest {

  private static final int ROUNDS = Boolean.getBoolean("syncline.full") ? 40 : 6;
  private static final int LINKS = 6;

  @TempDir Path directory;

  @BeforeAll
  static void needsGit() {
    NativeGit.need("git");
  }

  @Test
  void nothingAnsweredIsLostAndNothingIsHalfThereAfterAKill() throws Exception {
    var random = new Random(42);
    long[] answered = new long[LINKS];
    long total = 0;
    for (int round = 0; round < ROUNDS; round++) {
      killAfter(random.nextInt(1, 400), answered);
      try (var ledger = open(directory)) {
        var steps = LedgerSteps.of(ledger);
        total = 0;
        for (int i = 0; i < LINKS; i++) {
          var link = link(i);
          long number = number(ledger, i);
          assertTrue(
              number >= answered[i],
              "round " + round + ": answered " + answered[i] + ", but " + number);
          assertEquals(number, ledger.base(link).count(), "base and head go together");
          assertEquals(ledger.head().files().at(path(i)), ledger.base(link).files().at(path(i)));
          List<String> open =
              ledger.conflicts().stream()
                  .filter(conflict -> conflict.link().equals(link))
                  .map(conflict -> steps.text(conflict.sides().theirs().orElseThrow().content()))
                  .toList();
          assertEquals(number % 2 == 0 ? List.of() : List.of("" + number), open);
          answered[i] = number;
          total += number;
        }
        assertEquals(
            total, ledger.history(Optional.empty(), Optional.empty(), Integer.MAX_VALUE).size());
      }
      new NativeGit(directory).mustBeSound();
    }
    assertTrue(total > ROUNDS);
  }

  private void killAfter(int answers, long[] answered) throws IOException, InterruptedException {
    var said = new StringBuilder();
    KilledProgram.run(
        LedgerKillTest.class,
        List.of(directory.toString()),
        answers,
        line -> {
          String[] words = line.split(" ", -1);
          if (words.length == 3 && words[0].equals("durable")) {
            int link = Integer.parseInt(words[1]);
            answered[link] = Math.max(answered[link], Long.parseLong(words[2]));
          } else {
            said.append(line).append('\n');
          }
        });
    assertEquals("", said.toString(), "no failure, no warning");
  }

  private static LinkName link(int i) {
    return new LinkName("link-" + i);
  }

  private static FilePath path(int i) {
    return new FilePath("folder-" + i % 2 + "/number-" + i);
  }

  private static long number(Ledger ledger, int i) {
    return LedgerSteps.of(ledger)
        .text(ledger.head().files(), path(i).value())
        .map(Long::parseLong)
        .orElse(0L);
  }

  private static GitLedger open(Path directory) {
    // Few packs, so that kills meet repacking as well.
    return GitLedger.open(directory, LedgerSettings.with(InstantSource.system()).withSmallPacks(5));
  }

  /** The program that is killed: each link counts upwards, and says what is durable. */
  static void main(String[] arguments) {
    GitLedger ledger = open(Path.of(arguments[0]));
    for (int i = 0; i < LINKS; i++) {
      int link = i;
      Thread.ofPlatform().start(() -> count(ledger, link));
    }
  }

  @SuppressWarnings("SystemOut")
  private static void count(Ledger ledger, int i) {
    var steps = LedgerSteps.of(ledger);
    for (long number = number(ledger, i) + 1; ; number++) {
      steps.must(recording(steps, i, number));
      String line = "durable " + i + " " + number + "\n";
      synchronized (ledger) {
        System.out.print(line);
        System.out.flush();
      }
    }
  }

  private static Recording recording(LedgerSteps steps, int i, long number) {
    var head = steps.ledger().head();
    Recording edit = steps.edit(head, steps.put(path(i).value(), "" + number));
    var agreement =
        new Recording.Agreement(
            link(i), Changes.NONE, Changes.NONE, number, PathMapping.WHOLE, Optional.empty());
    Conflict some = steps.conflict("x", "base", "ours", "" + number, Instant.EPOCH);
    var conflict =
        new Conflict(link(i), path(i), some.sides(), some.reason(), some.since(), some.theirsBy());
    boolean opens = number % 2 != 0;
    return LedgerSteps.with(
        LedgerSteps.agreed(edit, agreement),
        opens ? List.of(conflict) : List.of(),
        opens ? Set.of() : Set.of(conflict.id()));
  }
}

package dev.syncline.core.merge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges as Git does. Skipped where Git is missing, except on a CI machine. */
final class GitMergeFileTest {

  private static final MarkerLabels LABELS = new MarkerLabels("ours", "base", "theirs");

  @TempDir Path folder;

  @BeforeEach
  void needsGit() {
    boolean found = runs("git", "--version");
    assertTrue(found || !Boolean.parseBoolean(System.getenv("CI")), "a CI machine needs git");
    assumeTrue(found, "git is not on this machine");
  }

  /** Where each line is like no other, all programs must find the same. */
  @Test
  void uniqueLinesEndAsGitEndsThem() {
    Seeds.each(60, random -> compare(RandomText.ofUniqueLines(random), random));
  }

  private void compare(RandomText text, Random random) {
    List<String> base = text.lines(random.nextInt(1, 30));
    byte[] b = text.joined(base);
    byte[] o = text.joined(text.changed(base));
    byte[] t = text.joined(text.changed(base));
    byte[] merged =
        switch (LineMerge.merge(b, o, t, LABELS)) {
          case LineOutcome.Clean(byte[] contents) -> contents;
          case LineOutcome.Clash(byte[] withMarkers, _) -> withMarkers;
          case LineOutcome.NotByLine refused -> throw new AssertionError(refused);
        };
    assertEquals(git(b, o, t), new String(merged, UTF_8));
  }

  private String git(byte[] base, byte[] ours, byte[] theirs) {
    try {
      Path b = Files.write(folder.resolve("base"), base);
      Path o = Files.write(folder.resolve("ours"), ours);
      Path t = Files.write(folder.resolve("theirs"), theirs);
      var git =
          new ProcessBuilder("git", "merge-file", "-p", "--diff3", "-L", "ours", "-L", "base")
              .redirectErrorStream(true);
      git.command().addAll(List.of("-L", "theirs", o.toString(), b.toString(), t.toString()));
      return new String(git.start().getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean runs(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException notFound) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

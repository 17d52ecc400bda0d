package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Observed;
import dev.syncline.server.KilledProgram;
import dev.syncline.testkit.MapSnapshot;
import dev.syncline.testkit.MemoryContents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A program that delivers into a folder, in which somebody else writes at the same time, is killed
 * at random moments: no file is torn, and nothing that somebody wrote and nobody saw is lost.
 */
final class KillTest extends FolderStage {

  private static final int ROUNDS = Boolean.getBoolean("syncline.full") ? 100 : 6;
  private static final int FILES = 6;
  private static final int LINES = 200;

  /** By path: the number of the newest text that somebody finished writing. */
  private final Map<String, Integer> written = new HashMap<>();

  private final Set<String> seen = new HashSet<>();

  @Test
  void aKillTearsNothingAndLosesNothing() throws Exception {
    var random = new Random(42);
    open().close();
    // On a busy machine some are killed before they have seen anything: then there are more.
    for (int round = 0; round < ROUNDS || seen.size() <= ROUNDS; round++) {
      assertTrue(round < 20 * ROUNDS, "the program is always killed before it has done anything");
      boolean nativeFiles = round % 2 == 0;
      killAfter(random.nextInt(1, 400), round, nativeFiles);
      try (var endpoint = open()) {
        Observed observed = look(endpoint, MapSnapshot.EMPTY);
        assertEquals(Map.of(), observed.unseen());
        assertEquals(Set.of(), ApplyTest.names(folder().at(".syncline-folder/work")));
        var newest = new HashMap<String, Integer>();
        for (var file : texts(observed).entrySet()) {
          String first = check(file.getKey(), file.getValue().substring(1));
          String[] words = first.split(" ", -1);
          if (words[0].equals("theirs")) {
            String path = file.getKey().replaceFirst("\\.unseen-\\d+$", "");
            assertEquals(path, words[1]);
            newest.merge(path, Integer.valueOf(words[2]), Math::max);
          }
        }
        for (var each : written.entrySet()) {
          String text = "theirs " + each.getKey() + " " + each.getValue();
          assertTrue(
              seen.contains(text) || newest.getOrDefault(each.getKey(), -1) >= each.getValue(),
              () -> text + " is lost; there are " + newest);
        }
        for (String path : texts(observed).keySet()) {
          folder().remove(path);
        }
      }
    }
  }

  /** All lines are the same: one that was cut off or mixed up shows. */
  private static String check(String path, String text) {
    String[] lines = text.split("\n", -1);
    assertEquals(LINES + 1, lines.length, path);
    assertEquals(text, text(lines[0]), path);
    return lines[0];
  }

  private void killAfter(int lines, int round, boolean nativeFiles)
      throws IOException, InterruptedException {
    written.clear();
    KilledProgram.run(
        KillTest.class,
        List.of(
            folder().root().toString(),
            Integer.toString(round * 1_000_000),
            Boolean.toString(nativeFiles)),
        lines,
        line -> {
          if (line.endsWith(".")) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("wrote")) {
              written.put(words[1], Integer.valueOf(words[2]));
            } else {
              seen.add(line.substring("seen ".length(), line.length() - 2));
            }
          }
        });
  }

  private static String text(String line) {
    return (line + "\n").repeat(LINES);
  }

  /** The program that is killed. */
  static void main(String[] arguments) {
    var folder = new LocalFolder(Path.of(arguments[0]));
    int first = Integer.parseInt(arguments[1]);
    Thread.ofPlatform().daemon().start(() -> write(folder, first));
    Seams seams = Seams.none();
    if (!Boolean.parseBoolean(arguments[2])) {
      seams = seams.withoutNativeFiles();
    }
    var stage = new KillTest();
    var contents = new SaidContents();
    try (var endpoint = new FolderEndpoint(settings(folder.root()), inTheFuture(), seams)) {
      for (int turn = first; true; turn++) {
        MapSnapshot base =
            MapSnapshot.EMPTY.with(
                endpoint
                    .observe(
                        MapSnapshot.EMPTY, new dev.syncline.core.port.Hints.Everywhere(), contents)
                    .changes());
        var changes = new TreeMap<String, FileChange>();
        int number = turn;
        base.forEach((path, version) -> {
          boolean removes = (path.value().hashCode() + number) % 5 == 0;
          var ours =
              FileVersion.regular(
                  contents.put(
                      text("ours " + path + " " + number).getBytes(StandardCharsets.UTF_8)));
          changes.put(
              path.value(),
              removes ? new FileChange.Removed(version) : new FileChange.Modified(version, ours));
        });
        endpoint.apply(
            new dev.syncline.core.port.Delivery(
                changes(changes),
                new dev.syncline.core.model.CommitId("0".repeat(40)),
                Optional.empty()),
            contents);
        stage.clock.instant();
      }
    }
  }

  private static void write(LocalFolder folder, int first) {
    var random = new Random(first);
    for (int number = first; true; number++) {
      String path = "f" + random.nextInt(FILES);
      String text = text("theirs " + path + " " + number);
      folder.save(path, text);
      say("wrote " + path + " " + number);
    }
  }

  @SuppressWarnings("SystemOut")
  private static synchronized void say(String line) {
    System.out.print(line + " .\n");
    System.out.flush();
  }

  /** Says what was seen before anybody can rely on it. */
  private static final class SaidContents implements Contents {
    private final MemoryContents all = new MemoryContents();

    @Override
    public InputStream open(ContentId id) {
      return all.open(id);
    }

    @Override
    public long size(ContentId id) {
      return all.size(id);
    }

    @Override
    public ContentId put(long size, InputStream in) throws IOException {
      ContentId id = all.put(size, in);
      String first = all.text(id).lines().findFirst().orElse("");
      if (first.startsWith("theirs")) {
        say("seen " + first);
      }
      return id;
    }
  }
}

package dev.syncline.server.endpoint.sealed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.ContentId;
import dev.syncline.server.KilledProgram;
import dev.syncline.server.endpoint.sealed.SealedTable.Clear;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is of use stays known, and the rest doesn't stay for ever. */
final class SealedTableTest {

  private static final int ROUNDS = Boolean.getBoolean("syncline.full") ? 50 : 4;
  private static final List<String> ADA = List.of("ada");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("table");
  }

  @Test
  void whatIsUsedStaysAndTheRestIsForgotten() throws IOException {
    var table = table(file, ADA);
    fill(table, 0, 5_000);
    table.keep(Set.of(sealed(7)), Set.of(text(2_000).id()));
    for (var each : List.of(table, table(file, ADA))) {
      assertEquals(Optional.of(text(7)), each.clear(sealed(7)));
      assertEquals(Optional.of(sealed(7)), each.sealed(text(7).id()));
      assertEquals(Optional.of(sealed(2_000)), each.sealed(text(2_000).id()));
      assertEquals(Optional.empty(), each.clear(sealed(8)));
      assertEquals(Optional.empty(), each.sealed(text(8).id()));
    }
    assertEquals(3, Files.readAllLines(file).size());
  }

  @Test
  void itStaysShortHoweverMuchPassesThrough() throws IOException {
    var table = table(file, ADA);
    for (int number = 0; number < 30_000; number++) {
      table.add(sealed(number), text(number));
      if (table.isLong()) {
        table.keep(Set.of(sealed(number)), Set.of());
      }
    }
    assertTrue(Files.readAllLines(file).size() < 1_100);
  }

  @Test
  void whatIsAllOfUseIsLeftAlone() throws IOException {
    var table = table(file, ADA);
    fill(table, 0, 3_000);
    var all = new HashSet<ContentId>();
    for (int number = 0; number < 3_000; number++) {
      all.add(sealed(number));
    }
    table.keep(all, Set.of());
    assertFalse(table.isLong(), "nobody asks again before there is more");
    assertEquals(3_001, Files.readAllLines(file).size());
  }

  @Test
  void whatWasSealedForOthersIsKnownAndNotUsedAgain() {
    fill(table(file, ADA), 0, 2_000);
    var now = table(file, List.of("ada", "bob"));
    fill(now, 2_000, 2_001);
    now.keep(Set.of(sealed(1), sealed(2_000)), Set.of(text(2).id()));
    for (var each : List.of(now, table(file, List.of("bob", "ada")))) {
      assertEquals(Optional.of(text(1)), each.clear(sealed(1)));
      assertEquals(Optional.of(text(2)), each.clear(sealed(2)));
      assertEquals(Optional.empty(), each.clear(sealed(3)));
      assertEquals(Optional.empty(), each.sealed(text(1).id()));
      assertEquals(Optional.of(sealed(2_000)), each.sealed(text(2_000).id()));
    }
  }

  @Test
  void whatAKillLeftIsNoHarm() throws IOException {
    fill(table(file, ADA), 0, 2);
    Files.writeString(folder.resolve("table.new"), "recipients ada .\n" + sealed(0));
    Files.writeString(file, Files.readString(file) + "torn");
    var table = table(file, ADA);
    assertFalse(Files.exists(folder.resolve("table.new")));
    fill(table, 2, 3);
    var again = table(file, ADA);
    for (int number = 0; number < 3; number++) {
      assertEquals(Optional.of(sealed(number)), again.sealed(text(number).id()));
    }
  }

  @Test
  void whatCannotBeReplacedStaysAsItIs() throws IOException {
    var table = table(file, ADA);
    fill(table, 0, 2_000);
    // As on a disk that takes no new file.
    Files.createDirectories(folder.resolve("table.new/in the way"));
    table.keep(Set.of(sealed(1)), Set.of());
    assertEquals(Optional.of(text(2)), table.clear(sealed(2)));
    assertEquals(2_001, Files.readAllLines(file).size());
  }

  /** A program that adds and forgets all the time is killed at random moments. */
  @Test
  void nothingOfUseIsLostInAKill() throws Exception {
    var random = new Random(42);
    int first = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Map<Integer, ContentId> said = killAfter(random.nextInt(1, 4_000), first);
      var table = table(file, ADA);
      int newest = said.keySet().stream().max(Integer::compare).orElseThrow();
      // What the program says that it holds: the newest ten, and each thousandth.
      said.forEach((number, sealed) -> {
        if (isHeld(number, newest)) {
          assertEquals(Optional.of(sealed), table.sealed(text(number).id()), "number " + number);
        }
      });
      first = newest + 1;
    }
    assertTrue(Files.readAllLines(file).size() < 10_000);
  }

  private Map<Integer, ContentId> killAfter(int lines, int first)
      throws IOException, InterruptedException {
    var said = new HashMap<Integer, ContentId>();
    KilledProgram.run(
        SealedTableTest.class,
        List.of(file.toString(), Integer.toString(first)),
        lines,
        line -> {
          if (line.endsWith(".")) {
            int number = Integer.parseInt(line.substring(0, line.length() - 1));
            said.put(number, sealed(number));
          }
        });
    return said;
  }

  /** The program that is killed. */
  static void main(String[] arguments) {
    var table = table(Path.of(arguments[0]), ADA);
    for (int number = Integer.parseInt(arguments[1]); true; number++) {
      table.add(sealed(number), text(number));
      say(number);
      if (table.isLong()) {
        var used = new HashSet<ContentId>();
        for (int held = 0; held <= number; held++) {
          if (isHeld(held, number)) {
            used.add(sealed(held));
          }
        }
        table.keep(used, Set.of());
      }
    }
  }

  private static boolean isHeld(int number, int newest) {
    return number > newest - 10 || number % 1_000 == 0;
  }

  @SuppressWarnings("SystemOut")
  private static void say(int number) {
    System.out.print(number + ".\n");
    System.out.flush();
  }

  private static SealedTable table(Path file, List<String> recipients) {
    return new SealedTable(file, recipients, 1_000);
  }

  private static void fill(SealedTable table, int from, int to) {
    for (int number = from; number < to; number++) {
      table.add(sealed(number), text(number));
    }
  }

  private static ContentId sealed(int number) {
    return ContentId.ofContents(("sealed " + number).getBytes(StandardCharsets.UTF_8));
  }

  private static Clear text(int number) {
    byte[] text = ("text " + number).getBytes(StandardCharsets.UTF_8);
    return new Clear(ContentId.ofContents(text), text.length);
  }
}

package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.server.SmallDisk;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running server whose disk fills up, and gets room again, without anybody's help, and sooner
 * than a link looks by itself.
 */
@Timeout(50)
final class FullDiskTest {

  @TempDir Path folder;
  private SmallDisk disk;
  private Desk desk;
  private Path origin;
  private Path notes;

  @BeforeEach
  void start() {
    disk = new SmallDisk(folder.resolve("small"));
    desk = new Desk(folder);
    notes = folder.resolve("notes");
    NativeGit.need("git");
    origin = NativeGit.bare(folder.resolve("origin.git"));
  }

  @AfterEach
  void stop() {
    desk.close();
    disk.close();
  }

  @Test
  void theDiskOfTheDataDirectory() throws IOException {
    disk.mount("size=16m");
    desk = new Desk(disk.root());
    Files.createDirectory(notes);
    follow();
    Path filler = disk.fill();
    NativeGit.commit(origin, "main", "theirs", Map.of("theirs.md", "theirs"));
    write("plan.md", "ours");
    write("noise", noise());
    awaitStatus(FullDiskTest::isFull);
    assertEquals("ours", Files.readString(notes.resolve("plan.md")));
    assertEquals("1", inOrigin("plan.md"));
    Files.delete(filler);
    await(List.of("noise", "old.md", "plan.md", "theirs.md"), this::namesInOrigin);
    await(List.of("noise", "old.md", "plan.md", "theirs.md"), this::namesInFolder);
    awaitStatus(FullDiskTest::isEqual);
    assertEquals("ours", inOrigin("plan.md"));
    assertEquals(noise(), inOrigin("noise"));
    assertEquals("theirs", Files.readString(notes.resolve("theirs.md")));
    mustBeSound();
  }

  @Test
  void theDiskOfTheFolder() throws IOException {
    disk.mount("size=2m");
    notes = Files.createDirectory(disk.root().resolve("notes"));
    follow();
    Path filler = disk.fill();
    NativeGit.commit(
        origin, "main", "theirs", Map.of("plan.md", "theirs", "noise", noise(), "empty", ""));
    Files.delete(notes.resolve("old.md"));
    awaitStatus(FullDiskTest::isFull);
    Files.delete(filler);
    await(List.of("empty", "noise", "plan.md"), this::namesInOrigin);
    await(List.of("empty", "noise", "plan.md"), this::namesInFolder);
    awaitStatus(FullDiskTest::isEqual);
    assertEquals("theirs", Files.readString(notes.resolve("plan.md")));
    assertEquals(noise(), Files.readString(notes.resolve("noise")));
    mustBeSound();
  }

  /** A server keeps the folder and the repository equal. */
  private void follow() throws IOException {
    NativeGit.commit(origin, "main", "first", Map.of("plan.md", "1", "old.md", "1"));
    desk.serve();
    desk.mustDo("init", "--name=notes", "--folder=" + notes, "--git=" + origin);
    assertEquals("1", Files.readString(notes.resolve("plan.md")));
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(notes.resolve(path), text);
  }

  private String inOrigin(String path) {
    return NativeGit.git(origin, "show", "main:" + path);
  }

  /** Text that no compression makes small: 400 kB. */
  private static String noise() {
    return new Random(1)
        .ints(400_000, '!', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private List<String> namesInOrigin() {
    return NativeGit.git(origin, "ls-tree", "-r", "--name-only", "main").lines().toList();
  }

  private List<String> namesInFolder() {
    return Stream.of(Objects.requireNonNull(notes.toFile().list()))
        .filter(name -> !name.startsWith("."))
        .sorted()
        .toList();
  }

  private static void await(List<String> wanted, Supplier<List<String>> names) {
    while (!wanted.equals(names.get())) {
      Thread.onSpinWait();
    }
  }

  private void awaitStatus(Predicate<String> wanted) {
    for (String status = desk.mustDo("status"); !wanted.test(status); ) {
      status = desk.mustDo("status");
    }
  }

  private static boolean isFull(String status) {
    return status.contains("is full: free space") || status.contains("is full, free some space");
  }

  private static boolean isEqual(String status) {
    return status.lines().skip(1).allMatch(link -> link.contains(" idle "));
  }

  /** The ledger and the repository. */
  private void mustBeSound() {
    NativeGit.mustBeSound(desk.folder.resolve("data/workspaces/notes/ledger.git"));
    NativeGit.mustBeSound(origin);
  }
}

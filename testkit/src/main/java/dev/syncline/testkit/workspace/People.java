package dev.syncline.testkit.workspace;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** People who edit at random. Every line that they write is written once in the world. */
final class People {

  private static final List<FilePath> PLACES =
      List.of("a", "b", "c.json", "d/e", "d/f", "d/g/h", "a/x", "b/y/z").stream()
          .map(FilePath::new)
          .toList();

  private final Random random;
  private final Lineage lineage;
  private final Consumer<String> story;
  private Predicate<FilePath> heard = path -> true;
  private final Set<String> lines = new HashSet<>();

  People(Random random, Lineage lineage, Consumer<String> story) {
    this.story = story;
    this.random = random;
    this.lineage = lineage;
  }

  /**
   * Somebody does something at an endpoint.
   *
   * @param heard whether what is done to a path there counts elsewhere
   */
  void act(MemoryEndpoint endpoint, Predicate<FilePath> heard) {
    this.heard = heard;
    var files = new ArrayList<>(endpoint.files().files().keySet());
    FilePath any = PLACES.get(random.nextInt(PLACES.size()));
    FilePath known = files.isEmpty() ? any : files.get(random.nextInt(files.size()));
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> write(endpoint, any);
      case 3, 4, 5, 6 -> write(endpoint, known);
      case 7, 8 -> delete(endpoint, known);
      case 9 -> rename(endpoint, known, any);
      case 10 -> changeMode(endpoint, known);
      default -> replaceByFolder(endpoint, known);
    }
  }

  /** Whether people wrote every line of it. */
  boolean wrote(byte[] contents) {
    return text(contents).stream().allMatch(lines::contains);
  }

  private void write(MemoryEndpoint endpoint, FilePath path) {
    Optional<FileVersion> before = endpoint.files().at(path);
    if (before.isEmpty() && !endpoint.hasPlaceFor(path)) {
      return;
    }
    var text = new ArrayList<String>();
    before.ifPresent(version -> text.addAll(text(endpoint.contents().read(version.content()))));
    int at = random.nextInt(text.size() + 1);
    switch (random.nextInt(4)) {
      case 0 -> text.subList(at, text.size()).clear();
      case 1 -> {
        if (at < text.size()) {
          text.remove(at);
        }
      }
      default -> {}
    }
    text.add(Math.min(at, text.size()), newLine());
    ContentId content = endpoint.contents().put(String.join("", text));
    put(endpoint, path, new FileVersion(content, mode(before)));
  }

  private FileMode mode(Optional<FileVersion> before) {
    if (random.nextInt(12) == 0) {
      return FileMode.SYMLINK;
    }
    return before.map(FileVersion::mode).filter(FileMode::isFile).orElse(FileMode.REGULAR);
  }

  private void delete(MemoryEndpoint endpoint, FilePath path) {
    Optional<FileVersion> before = endpoint.files().at(path);
    if (before.isPresent()) {
      story.accept(endpoint + " deletes " + path);
      made(endpoint, path, Optional.empty());
      endpoint.delete(path);
    }
  }

  private void rename(MemoryEndpoint endpoint, FilePath from, FilePath to) {
    Optional<FileVersion> file = endpoint.files().at(from);
    boolean possible =
        file.isPresent()
            && endpoint.files().at(to).isEmpty()
            && !lineage.everHeld(to, file.get().content());
    if (!possible) {
      return;
    }
    delete(endpoint, from);
    if (endpoint.hasPlaceFor(to)) {
      put(endpoint, to, file.get());
    } else {
      put(endpoint, from, file.get());
    }
  }

  private void changeMode(MemoryEndpoint endpoint, FilePath path) {
    endpoint
        .files()
        .at(path)
        .filter(version -> version.mode().isFile())
        .ifPresent(version ->
            put(
                endpoint,
                path,
                new FileVersion(
                    version.content(),
                    version.mode() == FileMode.REGULAR ? FileMode.EXECUTABLE : FileMode.REGULAR)));
  }

  private void replaceByFolder(MemoryEndpoint endpoint, FilePath path) {
    delete(endpoint, path);
    FilePath inside = new FilePath(path + "/" + "uvw".charAt(random.nextInt(3)));
    if (inside.value().length() < 12 && endpoint.hasPlaceFor(inside)) {
      write(endpoint, inside);
    }
  }

  private void put(MemoryEndpoint endpoint, FilePath path, FileVersion version) {
    story.accept(
        endpoint
            + " writes "
            + path
            + ": "
            + version.content().toString().substring(0, 6)
            + " "
            + version.mode());
    made(endpoint, path, Optional.of(version));
    endpoint.write(path, version);
  }

  private void made(MemoryEndpoint endpoint, FilePath path, Optional<FileVersion> made) {
    lineage.made(endpoint.toString(), path, made);
    if (!heard.test(path)) {
      lineage.lost(path, made);
    }
  }

  private String newLine() {
    String line = "line " + lines.size() + "\n";
    lines.add(line);
    return line;
  }

  private static List<String> text(byte[] contents) {
    String text = new String(contents, StandardCharsets.UTF_8);
    return Arrays.stream(text.split("(?<=\n)")).filter(line -> !line.isEmpty()).toList();
  }
}

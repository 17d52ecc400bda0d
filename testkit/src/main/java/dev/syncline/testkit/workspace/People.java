package dev.syncline.testkit.workspace;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** People who edit at random. Every line that they write is written once in the world. */
final class People {

  private static final List<FilePath> PLACES =
      List.of("a", "b", "c.json", "d/e", "d/f", "d/g/h", "a/x", "b/y/z").stream()
          .map(FilePath::new)
          .toList();

  private final Random random;
  private final Lineage lineage;
  private final Story story;
  private final Set<String> lines = new HashSet<>();

  People(Random random, Lineage lineage, Story story) {
    this.story = story;
    this.random = random;
    this.lineage = lineage;
  }

  /** Somebody does something at an endpoint. */
  void act(Place place) {
    var files = new ArrayList<>(place.desk().files().files().keySet());
    FilePath any = PLACES.get(random.nextInt(PLACES.size()));
    FilePath known = files.isEmpty() ? any : files.get(random.nextInt(files.size()));
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> write(place, any);
      case 3, 4, 5, 6 -> write(place, known);
      case 7, 8 -> delete(place, known);
      case 9 -> rename(place, known, any);
      case 10 -> changeMode(place, known);
      default -> replaceByFolder(place, known);
    }
  }

  /** Whether people wrote every line of it. */
  boolean wrote(byte[] contents) {
    return text(contents).stream().allMatch(lines::contains);
  }

  private void write(Place place, FilePath path) {
    MemoryEndpoint desk = place.desk();
    Optional<FileVersion> before = desk.files().at(path);
    if (before.isEmpty() && !desk.hasPlaceFor(path)) {
      return;
    }
    var text = new ArrayList<String>();
    before.ifPresent(version -> text.addAll(text(desk.contents().read(version.content()))));
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
    ContentId content = desk.contents().put(String.join("", text));
    var link = new FileVersion(content, FileMode.SYMLINK);
    var file = new FileVersion(content, mode(before));
    put(place, path, random.nextInt(12) == 0 && desk.takes(link) ? link : file);
  }

  private static FileMode mode(Optional<FileVersion> before) {
    return before.map(FileVersion::mode).filter(FileMode::isFile).orElse(FileMode.REGULAR);
  }

  private void delete(Place place, FilePath path) {
    if (place.desk().files().at(path).isPresent()) {
      story.tell(() -> place.name() + " deletes " + path);
      place.deletes(path);
    }
  }

  private void rename(Place place, FilePath from, FilePath to) {
    Optional<FileVersion> file = place.desk().files().at(from);
    boolean possible =
        file.isPresent()
            && place.desk().files().at(to).isEmpty()
            && (place.desk().hasPlaceFor(to) || to.isUnder(from))
            && place
                .mapping()
                .toLedger(to)
                .filter(there -> !lineage.everHeld(there, file.get().content()))
                .isPresent();
    if (possible) {
      story.tell(() -> place.name() + " renames " + from + " to " + to + ": " + file.get());
      place.renames(from, to, file.get());
    }
  }

  private void changeMode(Place place, FilePath path) {
    place
        .desk()
        .files()
        .at(path)
        .filter(version -> version.mode().isFile())
        .ifPresent(version ->
            put(
                place,
                path,
                new FileVersion(
                    version.content(),
                    version.mode() == FileMode.REGULAR ? FileMode.EXECUTABLE : FileMode.REGULAR)));
  }

  private void replaceByFolder(Place place, FilePath path) {
    delete(place, path);
    FilePath inside = new FilePath(path + "/" + "uvw".charAt(random.nextInt(3)));
    if (inside.value().length() < 12 && place.desk().hasPlaceFor(inside)) {
      write(place, inside);
    }
  }

  private void put(Place place, FilePath path, FileVersion version) {
    story.tell(() -> place.name() + " writes " + path + ": " + Simulation.brief(version));
    place.writes(path, version);
  }

  private String newLine() {
    String line = "line " + lines.size() + "\n";
    lines.add(line);
    return line;
  }

  /** Its lines, each with its end. */
  private static List<String> text(byte[] contents) {
    String text = new String(contents, StandardCharsets.UTF_8);
    var lines = new ArrayList<String>();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start) + 1;
      end = end == 0 ? text.length() : end;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }
}

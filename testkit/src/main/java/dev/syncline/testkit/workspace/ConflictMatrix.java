package dev.syncline.testkit.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.flow.Link;
import dev.syncline.core.flow.LinkRunner;
import dev.syncline.core.merge.NamedPolicy;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.RunId;
import dev.syncline.core.plan.Direction;
import dev.syncline.core.plan.Planner;
import dev.syncline.core.plan.Safeguard;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Ledger;
import dev.syncline.testkit.workspace.MatrixPlace.File;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whatever two people do to one file at the same time, under the usual policies. The file is "p";
 * its versions are the base, ours (the ledger's), theirs (the endpoint's) and what was merged of
 * both; * is a file that may be run and @ a symbolic link; "q" is what the ledger renamed p to, "r"
 * what the endpoint renamed it to, "p/x" a file in a folder that p became, and "p'" the second name
 * for the endpoint's version, "p''" that for the ledger's.
 *
 * @param stages opens an empty one for each cell; is asked by several threads
 * @param clock the time that runs go by
 */
public record ConflictMatrix(Supplier<MatrixStage> stages, InstantSource clock) {

  /** What the ledger did, what the endpoint did, and the files afterwards: text, JSON, binary. */
  private static final String TABLE =
      """
      nothing | create    | p=theirs                     | p=theirs                     | p=theirs
      nothing | edit      | p=theirs                     | p=theirs                     | p=theirs
      nothing | delete    | nothing                      | nothing                      | nothing
      nothing | rename    | r=base                       | r=base                       | r=base
      nothing | mode      | p=base*                      | p=base*                      | p=base*
      nothing | link      | p=theirs@                    | p=theirs@                    | p=theirs@
      nothing | folder    | p/x=theirs                   | p/x=theirs                   | p/x=theirs
      create  | nothing   | p=ours                       | p=ours                       | p=ours
      create  | create    | waits: p=ours / p=theirs     | waits: p=ours / p=theirs     | p'=theirs, p=ours
      edit    | nothing   | p=ours                       | p=ours                       | p=ours
      edit    | edit same | waits: p=ours / p=theirs     | waits: p=ours / p=theirs     | p'=theirs, p=ours
      edit    | edit      | p=merged                     | p=merged                     | p'=theirs, p=ours
      edit    | delete    | p=ours                       | p=ours                       | p=ours
      edit    | rename    | r=ours                       | r=ours                       | r=ours
      edit    | mode      | p=ours*                      | p=ours*                      | p=ours*
      edit    | link      | p'=theirs@, p=ours           | p'=theirs@, p=ours           | p'=theirs@, p=ours
      edit    | folder    | p''=ours, p/x=theirs         | p''=ours, p/x=theirs         | p''=ours, p/x=theirs
      delete  | nothing   | nothing                      | nothing                      | nothing
      delete  | edit      | p=theirs                     | p=theirs                     | p=theirs
      delete  | delete    | nothing                      | nothing                      | nothing
      delete  | rename    | r=base                       | r=base                       | r=base
      delete  | mode      | p=base*                      | p=base*                      | p=base*
      delete  | link      | p=theirs@                    | p=theirs@                    | p=theirs@
      delete  | folder    | p/x=theirs                   | p/x=theirs                   | p/x=theirs
      rename  | nothing   | q=base                       | q=base                       | q=base
      rename  | edit      | q=theirs                     | q=theirs                     | q=theirs
      rename  | delete    | q=base                       | q=base                       | q=base
      rename  | rename    | q=base, r=base               | q=base, r=base               | q=base, r=base
      rename  | mode      | q=base*                      | q=base*                      | q=base*
      rename  | link      | q=theirs@                    | q=theirs@                    | q=theirs@
      rename  | folder    | p/x=theirs, q=base           | p/x=theirs, q=base           | p/x=theirs, q=base
      mode    | nothing   | p=base*                      | p=base*                      | p=base*
      mode    | edit      | p=theirs*                    | p=theirs*                    | p=theirs*
      mode    | delete    | p=base*                      | p=base*                      | p=base*
      mode    | rename    | r=base*                      | r=base*                      | r=base*
      mode    | mode      | p=base*                      | p=base*                      | p=base*
      mode    | link      | p'=theirs@, p=base*          | p'=theirs@, p=base*          | p'=theirs@, p=base*
      mode    | folder    | p''=base*, p/x=theirs        | p''=base*, p/x=theirs        | p''=base*, p/x=theirs
      link    | nothing   | p=ours@                      | p=ours@                      | p=ours@
      link    | edit      | p'=theirs, p=ours@           | p'=theirs, p=ours@           | p'=theirs, p=ours@
      link    | delete    | p=ours@                      | p=ours@                      | p=ours@
      link    | rename    | r=ours@                      | r=ours@                      | r=ours@
      link    | mode      | p'=base*, p=ours@            | p'=base*, p=ours@            | p'=base*, p=ours@
      link    | link      | p'=theirs@, p=ours@          | p'=theirs@, p=ours@          | p'=theirs@, p=ours@
      link    | folder    | p''=ours@, p/x=theirs        | p''=ours@, p/x=theirs        | p''=ours@, p/x=theirs
      folder  | nothing   | p/x=ours                     | p/x=ours                     | p/x=ours
      folder  | edit      | p'=theirs, p/x=ours          | p'=theirs, p/x=ours          | p'=theirs, p/x=ours
      folder  | delete    | p/x=ours                     | p/x=ours                     | p/x=ours
      folder  | rename    | p/x=ours, r=base             | p/x=ours, r=base             | p/x=ours, r=base
      folder  | mode      | p'=base*, p/x=ours           | p'=base*, p/x=ours           | p'=base*, p/x=ours
      folder  | link      | p'=theirs@, p/x=ours         | p'=theirs@, p/x=ours         | p'=theirs@, p/x=ours
      folder  | folder    | waits: p/x=ours / p/x=theirs | waits: p/x=ours / p/x=theirs | p/x=ours, p/x'=theirs
      """;

  /** A kind of file, with what each side writes. */
  private enum Kind {
    TEXT("p.txt", "one\ntwo\nthree\n", "ONE\ntwo\nthree\n", "one\ntwo\nTHREE\n", "1\ntwo\nthree\n"),
    JSON(
        "p.json",
        "{\"a\":1,\"b\":2}",
        "{\"a\":9,\"b\":2}",
        "{\"a\":1,\"b\":8}",
        "{\"a\":7,\"b\":2}"),
    BINARY("p.bin", "\0base", "\0ours", "\0theirs", "\0more");

    final String path;
    final String base;
    final String ours;
    final String theirs;
    final String clashing;

    Kind(String path, String base, String ours, String theirs, String clashing) {
      this.path = path;
      this.base = base;
      this.ours = ours;
      this.theirs = theirs;
      this.clashing = clashing;
    }

    String named(String name) {
      return name + path.substring(1);
    }

    /** What a version is called in the table. */
    String nameOf(File file) {
      Predicate<String> is = text -> file.equals(fileOf(text, file.mode()));
      String name = "merged";
      if (is.test(base)) {
        name = "base";
      } else if (is.test(ours)) {
        name = "ours";
      } else if (is.test(theirs) || is.test(clashing)) {
        name = "theirs";
      }
      return switch (file.mode()) {
        case REGULAR -> name;
        case EXECUTABLE -> name + "*";
        case SYMLINK -> name + "@";
        case GITLINK -> name + "#";
      };
    }
  }

  /**
   * Plays every cell.
   *
   * @throws AssertionError if one ends otherwise than the table says, if the places don't come to
   *     the same files, or if a version is lost
   */
  public void play() {
    String actual =
        TABLE.strip().lines().toList().parallelStream()
            .map(this::row)
            .collect(Collectors.joining("\n"));
    assertEquals(TABLE.strip().replaceAll(" +", " "), actual);
  }

  private String row(String row) {
    List<String> cells = List.of(row.split("\\|", -1)).stream().map(String::strip).toList();
    String outcomes =
        List.of(Kind.values()).stream()
            .map(kind -> outcome(kind, cells.get(0), cells.get(1)))
            .collect(Collectors.joining(" | "));
    return cells.get(0) + " | " + cells.get(1) + " | " + outcomes;
  }

  /** The endpoint of the matrix is the laptop; what the ledger did was done at the other. */
  private String outcome(Kind kind, String ours, String theirs) {
    try (MatrixStage stage = stages.get()) {
      var runs = new Runs(stage.ledger(), new MemoryJournal(), clock);
      Link other = link("other", stage.other());
      Link laptop = link("laptop", stage.laptop());
      if (!ours.equals("create") && !theirs.equals("create")) {
        stage.other().change(Map.of(kind.path, Optional.of(new File(kind.base, FileMode.REGULAR))));
      }
      runs.of(other);
      runs.of(laptop);
      var versions = new ArrayList<File>();
      versions.addAll(does(ours, kind, "q", kind.ours, stage.other()));
      runs.of(other);
      boolean clashes = theirs.equals("edit same") || theirs.equals("create");
      versions.addAll(
          does(theirs, kind, "r", clashes ? kind.clashing : kind.theirs, stage.laptop()));
      runs.of(laptop);
      String ledger = names(filesIn(stage.ledger()), kind);
      String endpoint = names(stage.laptop().files(), kind);
      String cell = kind + ": " + ours + " and " + theirs + ": ";
      runs.of(other);
      runs.of(laptop);
      assertEquals(ledger, names(filesIn(stage.ledger()), kind), cell + "all was done");
      assertEquals(ledger, names(stage.other().files(), kind), cell + "the other has it, too");
      assertEquals(endpoint, names(stage.laptop().files(), kind), cell + "nothing was left to do");
      var found = new EverHeld(stage.ledger(), Disguise.none(stage.ledger()));
      stage.ledger().conflicts().forEach(found::shown);
      for (File version : versions) {
        assertTrue(found.has(inLedger(version)), cell + version + " is lost");
      }
      if (!stage.ledger().conflicts().isEmpty()) {
        return "waits: " + ledger + " / " + endpoint;
      }
      assertEquals(ledger, endpoint, cell + "both sides are the same");
      return ledger;
    }
  }

  private static Link link(String name, MatrixPlace place) {
    var planner = new Planner(Direction.BOTH, NamedPolicy.rules(Map.of()), Safeguard.USUAL, name);
    return new Link(new LinkName(name), PathMapping.WHOLE, planner, place.endpoint());
  }

  private record Runs(Ledger ledger, MemoryJournal journal, InstantSource clock) {
    void of(Link link) {
      var id = new RunId("run-" + journal.newest(Integer.MAX_VALUE).size());
      new LinkRunner(ledger, journal, clock).run(id, link, new Hints.Everywhere());
    }
  }

  /** Answers what versions came into being by it. */
  private static List<File> does(
      String deed, Kind kind, String newName, String text, MatrixPlace place) {
    var changes = new TreeMap<String, Optional<File>>();
    switch (deed) {
      case "nothing" -> {}
      case "create", "edit", "edit same" ->
          changes.put(kind.path, Optional.of(fileOf(text, FileMode.REGULAR)));
      case "delete" -> changes.put(kind.path, Optional.empty());
      case "rename" -> {
        changes.put(kind.path, Optional.empty());
        changes.put(kind.named(newName), Optional.of(fileOf(kind.base, FileMode.REGULAR)));
      }
      case "mode" -> changes.put(kind.path, Optional.of(fileOf(kind.base, FileMode.EXECUTABLE)));
      case "link" -> changes.put(kind.path, Optional.of(fileOf(text, FileMode.SYMLINK)));
      case "folder" -> {
        changes.put(kind.path, Optional.empty());
        changes.put(kind.path + "/x", Optional.of(fileOf(text, FileMode.REGULAR)));
      }
      default -> throw new AssertionError("nobody does " + deed);
    }
    place.change(changes);
    return changes.values().stream().flatMap(Optional::stream).toList();
  }

  /** No system takes a link to a name with a NUL in it. */
  private static File fileOf(String text, FileMode mode) {
    return new File(mode == FileMode.SYMLINK ? text.replace("\0", "") : text, mode);
  }

  private static FileVersion inLedger(File file) {
    return new FileVersion(
        ContentId.ofContents(file.text().getBytes(StandardCharsets.UTF_8)), file.mode());
  }

  private static SortedMap<String, File> filesIn(Ledger ledger) {
    var files = new TreeMap<String, File>();
    ledger
        .head()
        .files()
        .forEach((path, version) ->
            files.put(
                path.value(),
                new File(
                    new String(ledger.read(version.content()), StandardCharsets.UTF_8),
                    version.mode())));
    return files;
  }

  private static String names(SortedMap<String, File> files, Kind kind) {
    String names =
        files.entrySet().stream()
            .map(file -> name(file.getKey(), kind) + "=" + kind.nameOf(file.getValue()))
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "nothing" : names;
  }

  private static String name(String path, Kind kind) {
    return path.replace(" (from laptop)", "'")
        .replace(" (from ledger)", "''")
        .replace(kind.path.substring(1), "");
  }
}

package dev.syncline.testkit.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.testkit.MapSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever two people do to one file at the same time, under the usual policies. The file is "p";
 * its versions are the base, ours (the ledger's), theirs (the endpoint's) and what was merged of
 * both; * is a file that may be run and @ a symbolic link; "q" is what the ledger renamed p to, "r"
 * what the endpoint renamed it to, "p/x" a file in a folder that p became, and "p'" the second name
 * for the endpoint's version, "p''" that for the ledger's.
 */
final class ConflictMatrixTest {

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
  }

  @Test
  void bothSidesEndWithWhatTheTableSays() {
    var actual = new ArrayList<String>();
    for (String row : TABLE.strip().lines().toList()) {
      List<String> cells = List.of(row.split("\\|", -1)).stream().map(String::strip).toList();
      String outcomes =
          List.of(Kind.values()).stream()
              .map(kind -> outcome(kind, cells.get(0), cells.get(1)))
              .collect(Collectors.joining(" | "));
      actual.add(cells.get(0) + " | " + cells.get(1) + " | " + outcomes);
    }
    assertEquals(TABLE.strip().replaceAll(" +", " "), String.join("\n", actual));
  }

  /** The endpoint of the matrix is the laptop; what the ledger did was done at another. */
  private static String outcome(Kind kind, String ours, String theirs) {
    var bench = new Workbench();
    Workbench.Desk other = bench.desk("other");
    Workbench.Desk laptop = bench.desk("laptop");
    if (!ours.equals("create") && !theirs.equals("create")) {
      other.put(kind.path, Optional.of(bench.version(kind.base)));
    }
    other.run();
    laptop.run();
    does(ours, kind, "q", kind.ours, bench, other);
    other.run();
    boolean clashes = theirs.equals("edit same") || theirs.equals("create");
    does(theirs, kind, "r", clashes ? kind.clashing : kind.theirs, bench, laptop);
    laptop.run();
    String ledger = names(MapSnapshot.of(bench.ledger.head().files()), kind, bench);
    String endpoint = names(laptop.endpoint.files(), kind, bench);
    if (!bench.ledger.conflicts().isEmpty()) {
      return "waits: " + ledger + " / " + endpoint;
    }
    assertEquals(ledger, endpoint, "both sides are the same");
    return ledger;
  }

  private static void does(
      String deed, Kind kind, String newName, String text, Workbench bench, Workbench.Desk desk) {
    switch (deed) {
      case "nothing" -> {}
      case "create", "edit", "edit same" -> desk.put(kind.path, Optional.of(bench.version(text)));
      case "delete" -> desk.put(kind.path, Optional.empty());
      case "rename" -> {
        desk.put(kind.path, Optional.empty());
        desk.put(kind.named(newName), Optional.of(bench.version(kind.base)));
      }
      case "mode" ->
          desk.put(
              kind.path,
              Optional.of(
                  new FileVersion(bench.version(kind.base).content(), FileMode.EXECUTABLE)));
      case "link" ->
          desk.put(
              kind.path,
              Optional.of(new FileVersion(bench.version(text).content(), FileMode.SYMLINK)));
      case "folder" -> {
        desk.put(kind.path, Optional.empty());
        desk.put(kind.path + "/x", Optional.of(bench.version(text)));
      }
      default -> throw new AssertionError("nobody does " + deed);
    }
  }

  private static String names(MapSnapshot files, Kind kind, Workbench bench) {
    String names =
        files.files().entrySet().stream()
            .map(file -> name(file.getKey(), kind) + "=" + name(file.getValue(), kind, bench))
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "nothing" : names;
  }

  private static String name(FilePath path, Kind kind) {
    return path.value()
        .replace(" (from laptop)", "'")
        .replace(" (from ledger)", "''")
        .replace(kind.path.substring(1), "");
  }

  private static String name(FileVersion version, Kind kind, Workbench bench) {
    String name = "merged";
    if (version.content().equals(bench.version(kind.base).content())) {
      name = "base";
    } else if (version.content().equals(bench.version(kind.ours).content())) {
      name = "ours";
    } else if (version.content().equals(bench.version(kind.theirs).content())
        || version.content().equals(bench.version(kind.clashing).content())) {
      name = "theirs";
    }
    return switch (version.mode()) {
      case REGULAR -> name;
      case EXECUTABLE -> name + "*";
      case SYMLINK -> name + "@";
      case GITLINK -> name + "#";
    };
  }
}

package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied.Result;
import dev.syncline.core.port.Observed;
import dev.syncline.server.endpoint.folder.FolderSettings.NameStyle;
import dev.syncline.server.endpoint.folder.NameRules.Accents;
import dev.syncline.server.endpoint.folder.NameRules.Forbidden;
import dev.syncline.server.endpoint.folder.NameRules.Letters;
import dev.syncline.server.endpoint.folder.NameRules.Longest;
import dev.syncline.testkit.MapSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names of all kinds, in folders that take all of them and in folders that don't. */
final class FolderNamesTest extends FolderStage {

  private static final NameRules MAC =
      new NameRules(Letters.ARE_ONE, Accents.ARE_ONE, Forbidden.NOTHING, Longest.BYTES);

  @Test
  void everyNameIsDeliveredAndSeenAsItIs() {
    for (NameStyle style : NameStyle.values()) {
      var place = new LocalFolder(directory.resolve("root-" + style));
      try (var endpoint = open(settings(place.root()).withStyle(style), Seams.none())) {
        var changes = new HashMap<String, FileChange>();
        for (String name : NamesTest.NASTY) {
          if (isPath(name)) {
            changes.put("in " + name.length() + "/" + name, add("file " + name.hashCode()));
            changes.put(name + "/deep", add("folder " + name.hashCode()));
          }
        }
        var results = deliver(endpoint, changes).results();
        changes
            .keySet()
            .removeIf(path ->
                results.get(new FilePath(path)) instanceof Result.Refused(String reason)
                    && reason.contains("longer than 255"));
        changes.forEach((path, change) ->
            assertEquals(new Result.Done(), results.get(new FilePath(path)), path));
        MapSnapshot base = MapSnapshot.EMPTY.with(changes(changes));
        Observed observed = look(endpoint, base);
        assertEquals(Map.of(), texts(observed), style.toString());
        assertEquals(Map.of(), observed.unseen());
        try (var restarted = open(settings(place.root()).withStyle(style), Seams.none())) {
          assertEquals(Map.of(), texts(look(restarted, base)));
          assertEquals(changes(changes), look(restarted, MapSnapshot.EMPTY).changes());
        }
        for (String path : changes.keySet()) {
          assertEquals(Map.of(), texts(lookAt(endpoint, base, path)), path);
        }
        var back = new HashMap<String, FileChange>();
        changes.forEach(
            (path, change) -> back.put(path, new FileChange.Removed(change.after().orElseThrow())));
        assertEquals(allDone(back), deliver(endpoint, back).results());
        assertEquals(
            Set.of(".syncline-folder"), LocalFolder.attempt(() -> ApplyTest.names(place.root())));
      }
    }
  }

  @Test
  void whatPeopleCallFilesIsSeenWhateverTheBytes() throws IOException {
    try (var endpoint = open()) {
      byte[] latin = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
      Files.writeString(RawName.in(folder().root(), RawName.text(latin)), "latin 1");
      folder().write("line\nbreak", "newline");
      assertEquals(
          Map.of("caf\uDCE9", "+latin 1", "line\nbreak", "+newline"),
          texts(look(endpoint, MapSnapshot.EMPTY)));
    }
  }

  @Test
  void namesThatDifferInLettersOnlyGetTwoNames() throws IOException {
    try (var endpoint = open(Seams.none().withRules(MAC))) {
      var changes =
          Map.of(
              "README", add("1"), "readme", add("2"), "Docs/a", add("3"), "docs/A", add("4"),
              "docs/a", add("5"));
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      assertEquals(Optional.of("1"), folder().read("README"));
      assertEquals(Optional.of("2"), folder().read("%72eadme"));
      assertEquals(Optional.of("3"), folder().read("Docs/a"));
      assertEquals(Optional.of("4"), folder().read("%64ocs/A"));
      assertEquals(Optional.of("5"), folder().read("%64ocs/%61"));
      MapSnapshot base = MapSnapshot.EMPTY.with(changes(changes));
      assertEquals(Map.of(), texts(look(endpoint, base)));
      assertEquals("%72eadme", endpoint.renamed().get(new FilePath("readme")));
      assertTrue(endpoint.renamed().containsKey(new FilePath("docs/a")));
      var more = Map.of("readme", modify("2", "two"), "docs/a", removal("5"));
      assertEquals(allDone(more), deliver(endpoint, more).results());
      assertEquals(Optional.of("two"), folder().read("%72eadme"));
      assertEquals(Map.of(), texts(look(endpoint, base.with(changes(more)))));
      try (var restarted = open(Seams.none().withRules(MAC))) {
        assertEquals(Map.of(), texts(look(restarted, base.with(changes(more)))));
      }
    }
  }

  @Test
  void namesThatDifferInTheFormOfAccentsOnlyAreNotBothHeld() {
    try (var endpoint = open(Seams.none().withRules(MAC))) {
      var changes = Map.of("\u00e9/a", add("1"), "e\u0301/a", add("2"), "e\u0301/b", add("3"));
      var results = deliver(endpoint, changes).results();
      assertEquals(new Result.Done(), results.get(new FilePath("e\u0301/a")));
      assertEquals(new Result.Done(), results.get(new FilePath("e\u0301/b")));
      String reason =
          assertInstanceOf(Result.Refused.class, results.get(new FilePath("\u00e9/a"))).reason();
      assertTrue(reason.contains("Unicode form"), reason);
    }
  }

  @Test
  void accentsAreSpelledAsTheBaseSpellsThem() throws IOException {
    try (var endpoint = open(Seams.none().withRules(MAC))) {
      String composed = "caf\u00e9";
      String decomposed = "cafe\u0301";
      // As a Mac's older file system gives names back, whatever they were given as.
      folder().write(decomposed + "/" + decomposed, "text");
      folder().write("new-" + decomposed, "new");
      assertEquals(
          Map.of("new-" + composed, "+new"),
          texts(look(endpoint, base(Map.of(composed + "/" + composed, "text")))));
      assertEquals(
          Map.of("new-" + composed, "+new"),
          texts(look(endpoint, base(Map.of(decomposed + "/" + decomposed, "text")))));
      var changes = Map.of(composed + "/" + composed, modify("text", "changed"));
      look(endpoint, base(Map.of(composed + "/" + composed, "text")));
      assertEquals(allDone(changes), deliver(endpoint, changes).results());
      assertEquals(Optional.of("changed"), folder().read(decomposed + "/" + decomposed));
    }
  }

  @Test
  void twoNamesThatMeanTheSameAreNotBothTaken() {
    try (var endpoint =
        open(settings(folder().root()).withStyle(NameStyle.PORTABLE), Seams.none())) {
      folder().write("%43ON", "ours");
      folder().write("CON", "a person's");
      Observed observed = look(endpoint, MapSnapshot.EMPTY);
      assertEquals(Map.of("CON", "+ours"), texts(observed));
      assertEquals(1, observed.unseen().size());
      assertTrue(observed.unseen().values().iterator().next().contains("rename one"));
    }
  }

  @Test
  void aNameThatPeopleGaveStaysTheirs() {
    try (var endpoint =
        open(settings(folder().root()).withStyle(NameStyle.PORTABLE), Seams.none())) {
      for (String name : List.of("a%20b.html", "CON", "what?", "x%41")) {
        folder().write(name, "one");
        MapSnapshot base = base(Map.of(name, "one"));
        assertEquals(Map.of(), texts(look(endpoint, base)), name);
        var changes = Map.of(name, modify("one", "two"));
        assertEquals(allDone(changes), deliver(endpoint, changes).results());
        assertEquals(Optional.of("two"), folder().read(name), "where it was");
        folder().remove(name);
        assertEquals(
            Map.of(name, "-two"), texts(lookAt(endpoint, base(Map.of(name, "two")), name)));
      }
    }
  }

  @Test
  void withoutALocaleNamesAreTheSame() throws Exception {
    if (System.getenv("SYNCLINE_WITHOUT_LOCALE") != null) {
      return;
    }
    var process =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            FolderNamesTest.class.getName(),
            directory.resolve("other").toString());
    process.environment().put("LC_ALL", "C");
    assertEquals(0, process.inheritIO().start().waitFor());
    var other = new LocalFolder(directory.resolve("other"));
    assertEquals(Optional.of("2"), other.read("f\u00fc\u00df/\ud83e\udd8a.md"));
    assertEquals(Optional.of("new"), other.read("\u65e5\u672c"));
  }

  /** Works in a folder with names that the locale has no characters for. */
  static void main(String[] arguments) {
    var test = new FolderNamesTest();
    var root = Path.of(arguments[0]);
    try (var endpoint = test.open(settings(root), Seams.none())) {
      var first = Map.of("f\u00fc\u00df/\ud83e\udd8a.md", test.add("1"), "a\uDCFF", test.add("b"));
      assertEquals(allDone(first), test.deliver(endpoint, first).results());
      MapSnapshot base = MapSnapshot.EMPTY.with(changes(first));
      assertEquals(Map.of(), test.texts(test.look(endpoint, base)));
      var then =
          Map.of(
              "f\u00fc\u00df/\ud83e\udd8a.md",
              test.modify("1", "2"),
              "\u65e5\u672c",
              test.add("new"));
      assertEquals(allDone(then), test.deliver(endpoint, then).results());
      base = base.with(changes(then));
      assertEquals(Map.of(), test.texts(test.look(endpoint, base)));
    }
    assertInstanceOf(LocalFolder.class, new LocalFolder(root));
  }

  private static boolean isPath(String name) {
    try {
      return new FilePath(name).name().equals(name);
    } catch (SyncException.Invalid _) {
      return false;
    }
  }
}

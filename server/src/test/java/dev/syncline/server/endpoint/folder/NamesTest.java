package dev.syncline.server.endpoint.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.endpoint.folder.NameRules.Accents;
import dev.syncline.server.endpoint.folder.NameRules.Forbidden;
import dev.syncline.server.endpoint.folder.NameRules.Letters;
import dev.syncline.server.endpoint.folder.NameRules.Longest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every name of a ledger has a name in every folder, and comes back as it was. */
final class NamesTest {

  private static final Names WINDOWS =
      new Names(new NameRules(Letters.ARE_ONE, Accents.DIFFER, Forbidden.WINDOWS, Longest.UNITS));
  private static final Names MAC =
      new Names(new NameRules(Letters.ARE_ONE, Accents.ARE_ONE, Forbidden.NOTHING, Longest.BYTES));
  private static final Names LINUX = new Names(NameRules.ANY);

  private static final int ROUNDS = Boolean.getBoolean("syncline.full") ? 500_000 : 10_000;

  static final List<String> NASTY =
      List.of(
          "CON",
          "con",
          "Con.txt",
          "PRN",
          "AUX.tar.gz",
          "NUL",
          "nul .x",
          "COM1",
          "com9.md",
          "LPT¹",
          "COM²",
          "lpt³.txt",
          "CONIN$",
          "conout$.log",
          "a.",
          "a..",
          "a ",
          " a",
          ".",
          "a. .",
          "...x",
          "a:b",
          "a\\b",
          "<",
          ">",
          "a\"b",
          "a|b",
          "what?",
          "*",
          "a\nb",
          "a\rb",
          "\u0001",
          "\u007f",
          "\t",
          "%",
          "%%",
          "%2",
          "100%",
          "100%25",
          "a%20b.html",
          "%41",
          "%61",
          "%2525",
          "%3A",
          "a%3Ab",
          "%43ON",
          "%43%4FN",
          "caf%C3%A9",
          "%C3%A9",
          "%00",
          "%2F",
          "%2E%2E",
          ".%2e",
          "é",
          "e\u0301",
          "İ",
          "ı",
          "ß",
          "ẞ",
          "SS",
          "Σ",
          "σ",
          "ς",
          "\uDCFF",
          "a\uDC80b",
          "\uDCE9t\uDCE9.txt",
          "👩‍👩‍👧.png",
          "🦊",
          "مرحبا",
          "\u202Ergb",
          "README",
          "readme",
          "x".repeat(255),
          "日本語",
          "a".repeat(200) + "?",
          "~",
          "-rf",
          "--",
          "$HOME",
          "`x`",
          "';--",
          "git",
          ".gitignore",
          "COM0",
          "COM10",
          "CONX",
          "AUXILIARY",
          "con.",
          "con ",
          "%ZZ",
          "%a",
          "a%",
          "%e9",
          "%E9",
          "%ff",
          "\u2126",
          "\u03A9",
          "\uFB01",
          "fi");

  @Test
  void everyNameComesBackAsItWas() {
    for (Names names : List.of(WINDOWS, MAC, LINUX)) {
      for (String name : NASTY) {
        for (int avoiding = 0; avoiding < 4; avoiding++) {
          String there = names.toFolder(name, avoiding);
          if (!isPath(name)) {
            continue;
          }
          assertEquals(name, names.toLedger(there), there + " by " + names.rules());
        }
      }
    }
  }

  @Test
  void randomNamesComeBackAsTheyWere() {
    long seed = Boolean.getBoolean("syncline.full") ? System.nanoTime() : 4711;
    var random = new Random(seed);
    String[] pieces = {
      "%", "%2", "%4", "%41", "%25", "%3A", "%C3%A9", ":", "a", "B", ".", " ", "con", "NUL", "é",
      "e\u0301", "\uDC80", "\uDCFE", "🦊", "\u0001", "5", "E", "x"
    };
    for (int i = 0; i < ROUNDS; i++) {
      var name = new StringBuilder();
      for (int length = random.nextInt(1, 7); length > 0; length--) {
        name.append(pieces[random.nextInt(pieces.length)]);
      }
      String text = name.toString();
      // A ledger's text is what its bytes are: bytes that are UTF-8 are not lone.
      if (!isPath(text) || !RawName.text(RawName.bytes(text)).equals(text)) {
        continue;
      }
      for (Names names : List.of(WINDOWS, MAC)) {
        String there = names.toFolder(text, random.nextInt(3));
        assertEquals(text, names.toLedger(there), "seed " + seed + ": " + there);
      }
    }
  }

  @Test
  void whatNeedsNothingIsUnchanged() {
    for (String name :
        List.of(
            "README.md",
            "a b",
            "100%",
            "a%20b.html",
            ".gitignore",
            "caf%C3%A9",
            "é",
            "🦊",
            "COM0",
            "CONX",
            "-rf",
            "a%3Ab%41",
            "50%25 off")) {
      assertEquals(name, WINDOWS.toFolder(name));
      assertEquals(name, WINDOWS.toLedger(name));
    }
    for (String name : NASTY) {
      assertEquals(name, LINUX.toFolder(name));
      assertEquals(name, LINUX.toLedger(name));
    }
  }

  @Test
  void windowsGetsNamesThatItTakes() {
    for (String name : NASTY) {
      String there = WINDOWS.toFolder(name);
      assertTrue(there.chars().noneMatch(c -> c < ' ' || "<>:\"/\\|?*".indexOf(c) >= 0), there);
      assertFalse(there.endsWith(".") || there.endsWith(" "), there);
      String stem = there.split("[.:]", 2)[0].stripTrailing().toUpperCase(Locale.ROOT);
      assertFalse(stem.matches("CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[1-9¹²³]"), there);
    }
    assertEquals("a%3Ab", WINDOWS.toFolder("a:b"));
    assertEquals("%43ON", WINDOWS.toFolder("CON"));
    assertEquals("a%2E", WINDOWS.toFolder("a."));
    assertEquals("%E9t%E9.txt", WINDOWS.toFolder("\uDCE9t\uDCE9.txt"));
    assertEquals("a%253A%3A", WINDOWS.toFolder("a%3A:"));
  }

  @Test
  void differentNamesGetDifferentNames() {
    for (Names names : List.of(WINDOWS, MAC)) {
      var there = new HashSet<String>();
      for (String name : NASTY) {
        assertTrue(there.add(names.toFolder(name)), name);
      }
    }
  }

  @Test
  void namesThatAreOneThereHaveOneKey() {
    assertEquals(MAC.key("README"), MAC.key("readme"));
    assertEquals(MAC.key("é"), MAC.key("e\u0301"));
    assertEquals(MAC.key("É"), MAC.key("e\u0301"));
    assertEquals(WINDOWS.key("Straße"), WINDOWS.key("STRASSE"));
    assertNotEquals(WINDOWS.key("é"), WINDOWS.key("e\u0301"));
    assertNotEquals(LINUX.key("README"), LINUX.key("readme"));
    for (String name : List.of("README", "é", "Σ", "ﬁ", "🦊", "1")) {
      for (Names names : List.of(WINDOWS, MAC)) {
        assertNotEquals(names.key(name), names.key(names.toFolder(name, 1)));
        assertNotEquals(
            names.key(names.toFolder(name, 2)),
            names.key(names.toFolder(name, name.length() > 2 ? 1 : 0)));
      }
    }
  }

  private static boolean isPath(String name) {
    try {
      return new FilePath(name).name().equals(name);
    } catch (SyncException.Invalid _) {
      return false;
    }
  }
}

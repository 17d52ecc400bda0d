package dev.syncline.server.endpoint.sealed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied.Result;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import dev.syncline.server.endpoint.folder.FolderEndpoint;
import dev.syncline.server.endpoint.folder.FolderSettings;
import dev.syncline.testkit.EndpointStage;
import dev.syncline.testkit.MapSnapshot;
import dev.syncline.testkit.MemoryContents;
import dev.syncline.testkit.SettableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of which {@code secrets} is encrypted. */
final class SealedEndpointTest extends EndpointStage {

  private static final FilePath KEY = new FilePath("secrets/key");

  @TempDir Path directory;
  private Path root;

  @BeforeEach
  void make() throws IOException {
    root = Files.createDirectories(directory.resolve("root"));
    Files.createDirectory(root.resolve("secrets"));
  }

  @Test
  void onlyWhatIsSecretIsSealed() throws IOException {
    Files.writeString(root.resolve("secrets/key"), "geheim");
    Files.writeString(root.resolve("secrets/empty"), "");
    Files.writeString(root.resolve("open"), "open");
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      Observed seen = look(endpoint, MapSnapshot.EMPTY);
      assertEquals("open", contents.text(content(seen, "open")));
      assertEquals("", contents.text(content(seen, "secrets/empty")));
      assertEquals("geheim", opened(content(seen, "secrets/key")));
      assertFalse(contents.has(id("geheim")));
    }
  }

  @Test
  void whatNobodyChangedStaysAsItIsSealedEvenIfTheTableIsLost() throws IOException {
    Files.writeString(root.resolve("secrets/key"), "geheim");
    MapSnapshot base;
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      assertEquals(Map.of(), look(endpoint, base).changes().byPath());
    }
    for (String left : new String[] {"", "torn by a cra", "no text \0 \377"}) {
      Path table = directory.resolve("ADA/table");
      Files.writeString(table, left, StandardCharsets.ISO_8859_1);
      try (SealedEndpoint endpoint = open(Keys.ADA)) {
        long puts = contents.puts();
        assertEquals(Map.of(), look(endpoint, base).changes().byPath());
        assertEquals(puts, contents.puts(), "nothing was sealed anew");
      }
    }
  }

  @Test
  void aLongTableForgetsWhatNeitherSideHolds() throws IOException {
    Files.writeString(root.resolve("secrets/key"), "agreed");
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      Files.writeString(root.resolve("secrets/new"), "not agreed yet");
      ContentId fresh = content(look(endpoint, base), "secrets/new");
      Vault vault = endpoint.vault();
      for (int number = 0; number < 1_100; number++) {
        vault.seal(("passing " + number).getBytes(StandardCharsets.UTF_8), contents);
      }
      Path table = directory.resolve("ADA/table");
      lookAt(endpoint, base, "open");
      assertTrue(Files.readAllLines(table).size() > 1_000, "not all was looked at");
      look(endpoint, base);
      assertEquals(3, Files.readAllLines(table).size());
      Files.move(root.resolve("secrets/key"), root.resolve("secrets/moved"));
      Observed seen = look(endpoint, base);
      assertEquals(fresh, content(seen, "secrets/new"));
      assertEquals(base.at(KEY).orElseThrow().content(), content(seen, "secrets/moved"));
    }
  }

  @Test
  void aFileThatMovedIsTheSameFile() throws IOException {
    Files.writeString(root.resolve("secrets/key"), "geheim");
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      Observed first = look(endpoint, MapSnapshot.EMPTY);
      Files.move(root.resolve("secrets/key"), root.resolve("secrets/moved"));
      Observed second = look(endpoint, after(MapSnapshot.EMPTY, first));
      assertEquals(content(first, "secrets/key"), content(second, "secrets/moved"));
    }
  }

  @Test
  void aFileThatIsNoLongerSecretIsClearInTheLedger() throws IOException {
    Files.writeString(root.resolve("secrets/key"), "geheim");
    Files.writeString(root.resolve("secrets/other"), "published");
    MapSnapshot base;
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      Files.copy(root.resolve("secrets/key"), root.resolve("copy"));
      assertEquals("geheim", contents.text(content(look(endpoint, base), "copy")));
    }
    try (FolderEndpoint endpoint = folder()) {
      assertFalse(contents.has(id("published")));
      Observed seen = look(endpoint, base);
      assertEquals("published", contents.text(content(seen, "secrets/other")));
    }
  }

  @Test
  void whatIsOnlySealedInAnotherWayIsThereAlready() throws IOException {
    Files.writeString(root.resolve("secrets/key"), "geheim");
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      MapSnapshot base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
      FileVersion other = FileVersion.regular(contents.put(Keys.ADA.seal("geheim")));
      var change = new FileChange.Modified(base.at(KEY).orElseThrow(), other);
      assertEquals(
          Map.of(KEY, new Result.Done()),
          deliver(endpoint, Map.of("secrets/key", change)).results());
      MapSnapshot now = base.with(changes(Map.of("secrets/key", change)));
      assertEquals(Map.of(), look(endpoint, now).changes().byPath());
    }
  }

  @Test
  void aLargeFilePassesInPieces() throws IOException {
    byte[] large = new byte[5 << 20];
    new SplittableRandom(7).nextBytes(large);
    Files.write(root.resolve("secrets/large"), large);
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      ContentId sealed = content(look(endpoint, MapSnapshot.EMPTY), "secrets/large");
      assertTrue(Arrays.equals(large, Keys.ADA.open(contents.read(sealed))));
      assertFalse(contents.has(ContentId.ofContents(large)));
      assertFalse(Files.exists(directory.resolve("ADA/sealing")));
      var change = new FileChange.Added(FileVersion.regular(sealed));
      deliver(endpoint, Map.of("secrets/copy", change));
      assertTrue(Arrays.equals(large, Files.readAllBytes(root.resolve("secrets/copy"))));
    }
  }

  @Test
  void withoutTheKeyNothingIsDone() throws IOException {
    Files.writeString(root.resolve("secrets/key"), "geheim");
    try (var endpoint =
        new SealedEndpoint(
            folder(),
            new Vault(
                Keys.keys(Optional.empty(), Keys.ADA), path -> true, directory.resolve("vault")))) {
      assertThrows(SyncException.Denied.class, () -> look(endpoint, MapSnapshot.EMPTY));
      assertEquals(0, contents.puts());
    }
  }

  @Test
  void whatIsSealedForOthersStaysAsItIsAndHoldsUpNothing() throws IOException {
    FileVersion bobs = FileVersion.regular(contents.put(Keys.BOB.seal("for Bob")));
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      Map<FilePath, Result> results =
          deliver(
                  endpoint,
                  Map.of("secrets/key", new FileChange.Added(bobs), "open", add("for all")))
              .results();
      assertInstanceOf(Result.Refused.class, results.get(KEY));
      assertEquals("for all", Files.readString(root.resolve("open")));
      assertFalse(Files.exists(root.resolve("secrets/key")));

      Files.writeString(root.resolve("secrets/key"), "from Ada");
      Files.writeString(root.resolve("new"), "new");
      Observed seen = look(endpoint, new MapSnapshot(new TreeMap<>(Map.of(KEY, bobs))));
      assertTrue(seen.unseen(KEY).isPresent());
      assertEquals(Optional.empty(), seen.changes().at(KEY));
      assertEquals("new", contents.text(content(seen, "new")));
    }
  }

  @Test
  void whatIsDamagedIsRefused() {
    byte[] damaged = Keys.ADA.seal("geheim");
    damaged[damaged.length - 1] ^= 1;
    var change = new FileChange.Added(FileVersion.regular(contents.put(damaged)));
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      assertInstanceOf(
          Result.Refused.class,
          deliver(endpoint, Map.of("secrets/key", change)).results().get(KEY));
      assertFalse(Files.exists(root.resolve("secrets/key")));
    }
  }

  @Test
  void whoCameLaterReadsWhatIsSealedFromThen() throws IOException {
    Files.writeString(root.resolve("secrets/key"), "geheim");
    MapSnapshot base;
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      base = after(MapSnapshot.EMPTY, look(endpoint, MapSnapshot.EMPTY));
    }
    try (SealedEndpoint endpoint = open(Keys.ADA, Keys.ADA, Keys.BOB)) {
      assertEquals(Map.of(), look(endpoint, base).changes().byPath());
      Files.writeString(root.resolve("secrets/copy"), "geheim");
      ContentId copy = content(look(endpoint, base), "secrets/copy");
      assertNotEquals(base.at(KEY).orElseThrow().content(), copy);
      assertEquals(
          "geheim", new String(Keys.BOB.open(contents.read(copy)), StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatWasPutBeforeACrashIsPutAgain() throws IOException {
    Files.writeString(root.resolve("secrets/key"), "geheim");
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      look(endpoint, MapSnapshot.EMPTY);
    }
    // The ledger never heard of it.
    var after = new MemoryContents();
    try (SealedEndpoint endpoint = open(Keys.ADA)) {
      Observed seen = endpoint.observe(MapSnapshot.EMPTY, new Hints.Everywhere(), after);
      assertTrue(after.has(content(seen, "secrets/key")));
    }
  }

  private SealedEndpoint open(Keys who, Keys... recipients) {
    return new SealedEndpoint(
        folder(),
        recipients.length == 0
            ? who.vault(directory)
            : new Vault(
                who.sealingFor(recipients),
                path -> path.value().startsWith("secrets/"),
                directory.resolve(who.name())));
  }

  private FolderEndpoint folder() {
    var clock = new SettableClock();
    clock.move(Duration.ofDays(10_000));
    FolderEndpoint folder =
        FolderEndpoint.of(
            FolderSettings.of(root, new LinkName("notes"), new Author("Ada", "")), clock);
    folder.adopt();
    return folder;
  }

  private static ContentId content(Observed seen, String path) {
    return seen.changes()
        .at(new FilePath(path))
        .flatMap(FileChange::after)
        .map(FileVersion::content)
        .orElseThrow();
  }

  private static ContentId id(String text) {
    return ContentId.ofContents(text.getBytes(StandardCharsets.UTF_8));
  }

  private String opened(ContentId sealed) throws IOException {
    byte[] bytes = contents.read(sealed);
    assertTrue(AgeKeys.isSealed(new ByteArrayInputStream(bytes)));
    return new String(Keys.ADA.open(bytes), StandardCharsets.UTF_8);
  }
}

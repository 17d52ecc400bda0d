package dev.syncline.core.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.Changes;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Glob;
import dev.syncline.core.model.PathMapping;
import dev.syncline.core.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Room is made for what arrives, and for nothing else: as the simplest model of it says. */
final class RoomTest {

  private static final int TREES = 5_000;
  private static final List<String> NAMES = List.of("a", "b", "a.b", "c");

  private static final FileVersion OLD = version(1);
  private static final FileVersion NEW = version(2);

  private static final PathMapping WITHOUT_C =
      new PathMapping(
          Optional.empty(), List.of(), List.of(Glob.of("c"), Glob.of("c/**")), List.of());

  /** Files, and which folders somebody asked for. */
  private record Files(SortedMap<FilePath, FileVersion> files, List<FilePath> looks)
      implements Snapshot {

    Files(SortedMap<FilePath, FileVersion> files) {
      this(files, new ArrayList<>());
    }

    @Override
    public Optional<FileVersion> at(FilePath path) {
      return Optional.ofNullable(files.get(path));
    }

    @Override
    public boolean isFolder(FilePath path) {
      looks.add(path);
      return files.keySet().stream().anyMatch(file -> file.isUnder(path));
    }

    @Override
    public Changes since(Snapshot older) {
      throw new AssertionError("room needs no comparison");
    }

    @Override
    public void forEach(BiConsumer<FilePath, FileVersion> visitor) {
      files.forEach(visitor);
    }
  }

  @Test
  void whatIsInTheWayGoesAndNothingElse() {
    int moved = 0;
    for (long seed = 0; seed < TREES; seed++) {
      var random = new Random(seed);
      var files = new Files(tree(random, 6));
      Changes changes = changes(files, random);
      Changes gone = Room.in(files, changes);
      assertEquals(inTheWay(files, changes, path -> true), gone, "seed " + seed);
      moved += gone.byPath().size();
    }
    assertTrue(moved > TREES / 4, "only " + moved + " files were in the way");
  }

  @Test
  void aBaseLosesOnlyWhatTheLinkDoesNotSee() {
    int moved = 0;
    for (long seed = 0; seed < TREES; seed++) {
      var random = new Random(seed);
      var ledger = new Files(tree(random, 6));
      Changes behind = changes(ledger, random);
      Changes gone = inTheWay(ledger, behind, path -> WITHOUT_C.toEndpoint(path).isEmpty());
      assertEquals(
          behind.followedBy(gone), Room.forBase(ledger, behind, WITHOUT_C), "seed " + seed);
      moved += gone.byPath().size();
    }
    assertTrue(moved > TREES / 20, "only " + moved + " files were in the way");
  }

  @Test
  void aFolderThatIsNotThereIsLookedAtOnce() {
    var files = new Files(new TreeMap<>());
    var changes = new TreeMap<FilePath, FileChange>();
    IntStream.range(0, 1_000)
        .forEach(i -> changes.put(new FilePath("new/deep/" + i), new FileChange.Added(NEW)));
    assertEquals(Changes.NONE, Room.in(files, new Changes(changes)));
    assertEquals(2, files.looks().size());
  }

  /** Every file that a file arrives above or below, unless it changes itself. */
  private static Changes inTheWay(Files files, Changes changes, Predicate<FilePath> concerned) {
    var gone = new TreeMap<FilePath, FileChange>();
    files.forEach((path, version) -> {
      boolean isInTheWay =
          changes.byPath().entrySet().stream()
              .filter(change -> change.getValue().after().isPresent())
              .map(change -> change.getKey())
              .anyMatch(arriving -> arriving.isUnder(path) || path.isUnder(arriving));
      if (isInTheWay && changes.at(path).isEmpty() && concerned.test(path)) {
        gone.put(path, new FileChange.Removed(version));
      }
    });
    return new Changes(gone);
  }

  private static SortedMap<FilePath, FileVersion> tree(Random random, int most) {
    var files = new TreeMap<FilePath, FileVersion>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      FilePath path = path(random);
      files.keySet().removeIf(other -> other.isUnder(path) || path.isUnder(other));
      files.put(path, OLD);
    }
    return files;
  }

  /** Changes whose own files leave room for each other. */
  private static Changes changes(Files files, Random random) {
    var changes = new TreeMap<FilePath, FileChange>();
    tree(random, 4)
        .keySet()
        .forEach(path ->
            FileChange.between(files.at(path), Optional.of(NEW))
                .ifPresent(change -> changes.put(path, change)));
    files.forEach((path, version) -> {
      if (random.nextInt(4) == 0) {
        changes.putIfAbsent(path, new FileChange.Removed(version));
      }
    });
    return new Changes(changes);
  }

  private static FilePath path(Random random) {
    var path = new StringBuilder(NAMES.get(random.nextInt(NAMES.size())));
    for (int depth = random.nextInt(3); depth > 0; depth--) {
      path.append('/').append(NAMES.get(random.nextInt(NAMES.size())));
    }
    return new FilePath(path.toString());
  }

  private static FileVersion version(int number) {
    return FileVersion.regular(ContentId.ofContents(new byte[] {(byte) number}));
  }
}

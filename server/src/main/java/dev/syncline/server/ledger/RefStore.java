package dev.syncline.server.ledger;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Moves refs, any number of them together, durably. All refs of ours are in {@code packed-refs} and
 * none is a file of its own: that file is written anew under Git's own lock, brought to the disk,
 * and renamed. So a reader, and whoever opens the repository after a crash, sees all of a move or
 * nothing of it.
 *
 * <p>Confined to the thread that commits.
 */
final class RefStore {

  private static final int LOCK_TRIES = 200;
  private static final long LOCK_PAUSE = Duration.ofMillis(5).toNanos();
  private static final Pattern LOOSE = Pattern.compile("([0-9a-f]{40})\n?");

  private final Path repository;
  private final Path file;
  private final Path lock;
  private final String branch;
  private PackedRefs refs = PackedRefs.NONE;
  private Optional<Seen> seen = Optional.empty();

  /** Tells whether a file is still the one that was read. */
  private record Seen(Object key, long size, long modified) {}

  RefStore(Path repository, String branch) {
    this.repository = repository;
    this.file = repository.resolve("packed-refs");
    this.lock = repository.resolve("packed-refs.lock");
    this.branch = branch;
  }

  /**
   * All refs as they are durable. A ref of ours that another program wrote as a file of its own
   * counts, as it does for Git, and is taken into the common file.
   */
  PackedRefs load() throws IOException {
    refs = read();
    Map<String, Optional<ObjectId>> loose = new HashMap<>();
    for (Path root : List.of(repository.resolve(branch), repository.resolve(RefNames.OURS))) {
      for (Path ref : files(root)) {
        String name = repository.relativize(ref).toString().replace('\\', '/');
        loose.put(name, Optional.of(readLoose(ref)));
      }
    }
    if (!loose.isEmpty()) {
      write(refs.with(loose));
      for (String name : loose.keySet()) {
        Files.delete(repository.resolve(name));
      }
    }
    return refs;
  }

  /**
   * Moves refs.
   *
   * @return all refs as they are now
   * @throws SyncException.Corrupt if somebody else moved one of ours
   */
  PackedRefs move(Map<String, Optional<ObjectId>> moves) throws IOException {
    if (Files.exists(repository.resolve(branch))) {
      throw somebodyElseMoved(branch);
    }
    FileChannel locked = lock();
    PackedRefs moved = refs;
    boolean isMoved = false;
    try (locked) {
      if (!seen.equals(look())) {
        refs = readUnlessOursMoved();
      }
      moved = refs.with(moves);
      write(locked, moved);
      isMoved = true;
    } finally {
      giveUp(isMoved);
    }
    return install(moved);
  }

  private void write(PackedRefs moved) throws IOException {
    FileChannel locked = lock();
    boolean isWritten = false;
    try (locked) {
      write(locked, moved);
      isWritten = true;
    } finally {
      giveUp(isWritten);
    }
    install(moved);
  }

  private static void write(FileChannel locked, PackedRefs moved) throws IOException {
    Durable.write(locked, moved.format());
    locked.force(true);
  }

  /** From here on it counts, even if the last step fails: whoever reads sees it already. */
  private PackedRefs install(PackedRefs moved) throws IOException {
    boolean isRenamed = false;
    try {
      Durable.rename(lock, file);
      isRenamed = true;
    } finally {
      giveUp(isRenamed);
    }
    refs = moved;
    seen = look();
    Durable.names(repository);
    return moved;
  }

  private void giveUp(boolean isDone) throws IOException {
    if (!isDone) {
      Files.deleteIfExists(lock);
    }
  }

  private PackedRefs readUnlessOursMoved() throws IOException {
    PackedRefs now = read();
    if (!now.under(RefNames.OURS).equals(refs.under(RefNames.OURS))
        || !now.get(branch).equals(refs.get(branch))) {
      throw somebodyElseMoved("refs");
    }
    return now;
  }

  private SyncException.Corrupt somebodyElseMoved(String what) {
    return new SyncException.Corrupt(
        "another program moved "
            + what
            + " of the ledger "
            + repository
            + " that only Syncline may write: start Syncline again, and it goes on from there");
  }

  /** All refs as they are now, for a reader that a failure left in doubt. */
  PackedRefs current() {
    return refs;
  }

  private FileChannel lock() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (FileAlreadyExistsException e) {
        if (tries == LOCK_TRIES) {
          throw new SyncException.Unavailable(
              "a Git program holds "
                  + lock
                  + ": let it end; if there is none, start Syncline again, which removes the file",
              e);
        }
        LockSupport.parkNanos(LOCK_PAUSE);
      }
    }
  }

  private PackedRefs read() throws IOException {
    seen = look();
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      return PackedRefs.NONE;
    }
    return PackedRefs.parse(text)
        .orElseThrow(
            () -> GitFailure.damaged(repository, "the file packed-refs is not as Git writes it"));
  }

  private ObjectId readLoose(Path ref) throws IOException {
    var line = LOOSE.matcher(Files.readString(ref, StandardCharsets.ISO_8859_1));
    if (!line.matches()) {
      throw GitFailure.damaged(
          repository, "the file " + repository.relativize(ref) + " holds no commit id");
    }
    return ObjectId.fromString(line.group(1));
  }

  private Optional<Seen> look() throws IOException {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Object key = attributes.fileKey();
      return Optional.of(
          new Seen(
              key == null ? "" : key,
              attributes.size(),
              attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private static List<Path> files(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }
}

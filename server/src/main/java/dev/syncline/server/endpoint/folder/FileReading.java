package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Contents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Reads files as they are at one moment, and puts what is new into the ledger's database.
 *
 * <p>Thread-safe.
 */
final class FileReading {

  /** How it ended for a file. */
  sealed interface Read {

    /** It is known what is in it. */
    record Known(IndexEntry entry) implements Read {}

    /** It is no longer there, or no longer a file. */
    record Gone() implements Read {}

    /** It could not be read. */
    record Unseen(String reason) implements Read {}
  }

  /** What happens between two steps, for tests. */
  interface Moments {
    void fileWasRead(Path file);
  }

  private static final int TRIES = 5;
  private static final int SMALL = 1 << 20;

  private final Optional<NativeFiles> nativeFiles;
  private final Contents contents;
  private final KnownBase base;
  private final long settledBefore;
  private final Moments moments;

  /**
   * @param settledBefore the file system's time when looking began: a file that was written before
   *     will look different if it is written to again
   */
  FileReading(
      Optional<NativeFiles> nativeFiles,
      Contents contents,
      KnownBase base,
      long settledBefore,
      Moments moments) {
    this.nativeFiles = nativeFiles;
    this.contents = contents;
    this.base = base;
    this.settledBefore = settledBefore;
    this.moments = moments;
  }

  /**
   * Reads a file.
   *
   * @param file in a folder that is open
   * @param path what it is in the ledger
   * @param known what it held when it was last read
   */
  Read read(Path file, FilePath path, Optional<ContentId> known) {
    try {
      for (int i = 0; i < TRIES; i++) {
        FileStat before = FileStat.of(file);
        if (!before.isFileOrLink()) {
          return new Read.Gone();
        }
        Optional<ContentId> content = contentOf(file, before, path, known);
        moments.fileWasRead(file);
        if (content.isPresent() && FileStat.of(file).equals(before)) {
          return new Read.Known(entry(before, path, content.get()));
        }
      }
      return new Read.Unseen("it changes while it is read: it is looked at again later");
    } catch (NoSuchFileException _) {
      return new Read.Gone();
    } catch (AccessDeniedException _) {
      return new Read.Unseen("no permission to read it");
    } catch (IOException e) {
      return new Read.Unseen("it can't be read (" + e.getMessage() + ")");
    }
  }

  /** What the mode of a file is; where the system knows none, what the base says. */
  FileMode mode(FileStat stat, FilePath path) {
    if (stat.kind() == FileStat.Kind.LINK) {
      return FileMode.SYMLINK;
    }
    if (FileStat.keepsExecutable()) {
      return stat.executable() ? FileMode.EXECUTABLE : FileMode.REGULAR;
    }
    return base.at(path).map(FileVersion::mode).filter(FileMode::isFile).orElse(FileMode.REGULAR);
  }

  private IndexEntry entry(FileStat stat, FilePath path, ContentId content) {
    var version = new FileVersion(content, mode(stat, path));
    return new IndexEntry(
        stat,
        Optional.of(version),
        stat.lastTouched() < settledBefore
            ? IndexEntry.Freshness.SETTLED
            : IndexEntry.Freshness.RACY,
        base.at(path).equals(Optional.of(version)));
  }

  /** Empty if it changed while it was read. */
  private Optional<ContentId> contentOf(
      Path file, FileStat stat, FilePath path, Optional<ContentId> known) throws IOException {
    if (stat.kind() == FileStat.Kind.LINK) {
      byte[] target = target(file);
      ContentId id = ContentId.ofContents(target);
      return Optional.of(isKept(id, path, known) ? id : contents.put(target));
    }
    if (stat.size() <= SMALL) {
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] all = in.readNBytes((int) stat.size() + 1);
        return all.length == stat.size() ? Optional.of(keep(all, path, known)) : Optional.empty();
      }
    }
    Optional<ContentId> expected =
        known.or(() -> base.at(path).filter(v -> v.mode().isFile()).map(FileVersion::content));
    if (expected.isPresent() && hash(file, stat.size()).equals(expected)) {
      return expected;
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(contents.put(path, stat.size(), in));
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      if (FileStat.of(file).equals(stat)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private ContentId keep(byte[] all, FilePath path, Optional<ContentId> known) throws IOException {
    ContentId id = ContentId.ofContents(all);
    return isKept(id, path, known)
        ? id
        : contents.put(path, all.length, new ByteArrayInputStream(all));
  }

  /** Contents that are known already need not be kept again. */
  private boolean isKept(ContentId id, FilePath path, Optional<ContentId> known) {
    return known.equals(Optional.of(id))
        || base.at(path).map(FileVersion::content).equals(Optional.of(id));
  }

  private byte[] target(Path link) throws IOException {
    return nativeFiles.isPresent()
        ? nativeFiles.get().readLink(link)
        : RawName.bytes(RawName.text(Files.readSymbolicLink(link)));
  }

  /** What is in a file, without keeping it; empty if it hasn't this size. */
  static Optional<ContentId> hash(Path file, long size) throws IOException {
    MessageDigest sha1 = ContentId.hashing(size);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] buffer = new byte[Math.clamp(size + 1, 1, SMALL)];
      long all = 0;
      int read = in.read(buffer);
      while (read >= 0 && all <= size) {
        sha1.update(buffer, 0, read);
        all += read;
        read = in.read(buffer);
      }
      return all == size ? Optional.of(ContentId.of(sha1.digest())) : Optional.empty();
    }
  }
}

package dev.syncline.server.endpoint.folder;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the file system says about a file without its being read. Times are nanoseconds since 1970
 * by the file system's clock.
 *
 * @param kind what it is; a symbolic link is never followed
 * @param size in bytes
 * @param modified when it was written, as far as its writer says
 * @param changed when anything about it was changed, which no program can set; 0 if unknown
 * @param id the same for as long as it is the same file; 0 if unknown
 * @param executable whether its owner may run it
 */
record FileStat(Kind kind, long size, long modified, long changed, long id, boolean executable) {

  /** What there can be in a folder. */
  enum Kind {
    FILE,
    FOLDER,
    LINK,
    /** A pipe, a socket, a device: never read. */
    OTHER
  }

  private static final boolean UNIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

  // One system call; "unix:*" would look up the names of user and group as well.
  private static final String WANTED = "unix:mode,ino,ctime,size,lastModifiedTime";
  private static final int TYPE = 0xF000;
  private static final int REGULAR = 0x8000;
  private static final int DIRECTORY = 0x4000;
  private static final int SYMLINK = 0xA000;
  private static final int OWNER_RUNS = 0x40;

  /** Whether the file system keeps the bit that says that a file may be run. */
  static boolean keepsExecutable() {
    return UNIX;
  }

  /**
   * Looks at a file.
   *
   * @throws NoSuchFileException if there is none
   */
  static FileStat of(Path path) throws IOException {
    return UNIX ? unix(path) : basic(path);
  }

  /** Looks at a file that may be missing. */
  static Optional<FileStat> ifThere(Path path) throws IOException {
    try {
      return Optional.of(of(path));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  boolean isFileOrLink() {
    return kind == Kind.FILE || kind == Kind.LINK;
  }

  /** Whether it is still the same file with the same contents, wherever it was moved. */
  boolean isSameFileAs(FileStat other) {
    return kind == other.kind
        && size == other.size
        && modified == other.modified
        && id == other.id
        && executable == other.executable;
  }

  /** When it was last written, as far as can be known. */
  long lastTouched() {
    return changed == 0 ? modified : changed;
  }

  /** What the system says in its own form. */
  static FileStat unix(int mode, long size, long modified, long changed, long id) {
    Kind kind =
        switch (mode & TYPE) {
          case REGULAR -> Kind.FILE;
          case DIRECTORY -> Kind.FOLDER;
          case SYMLINK -> Kind.LINK;
          default -> Kind.OTHER;
        };
    boolean executable = kind == Kind.FILE && (mode & OWNER_RUNS) != 0;
    return new FileStat(kind, size, modified, changed, id, executable);
  }

  private static FileStat unix(Path path) throws IOException {
    Map<String, Object> seen = Files.readAttributes(path, WANTED, LinkOption.NOFOLLOW_LINKS);
    return unix(
        (int) required(seen, "mode"),
        (long) required(seen, "size"),
        nanos((FileTime) required(seen, "lastModifiedTime")),
        nanos((FileTime) required(seen, "ctime")),
        (long) required(seen, "ino"));
  }

  private static Object required(Map<String, Object> seen, String name) throws IOException {
    Object value = seen.get(name);
    if (value == null) {
      throw new IOException("the file system doesn't say a file's " + name);
    }
    return value;
  }

  private static FileStat basic(Path path) throws IOException {
    var seen = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Kind kind =
        seen.isRegularFile()
            ? Kind.FILE
            : seen.isDirectory() ? Kind.FOLDER : seen.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
    Object key = seen.fileKey();
    return new FileStat(
        kind,
        seen.size(),
        nanos(seen.lastModifiedTime()),
        0,
        key == null ? 0 : key.hashCode(),
        false);
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}

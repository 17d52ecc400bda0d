package dev.syncline.server.endpoint.folder;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The folders below a root, each opened name by name and never through a symbolic link.
 *
 * <p>On Linux an open folder stays the folder that it is, even if its name is given to something
 * else meanwhile, so that nobody can lead us out of the root. Elsewhere every name is looked at
 * right before it is used.
 *
 * <p>Thread-safe: immutable.
 */
final class FolderTree implements AutoCloseable {

  /** Windows writes names through and can't open a directory; everybody else needs the fsync. */
  private static final boolean NAMES_NEED_SYNC = File.separatorChar == '/';

  private final Path root;
  private final Optional<NativeFiles> nativeFiles;
  private final OpenFolder top;
  private final Optional<NativeWalk> walk;

  private FolderTree(Path root, Optional<NativeFiles> nativeFiles, OpenFolder top) {
    this.root = root;
    this.nativeFiles = nativeFiles;
    this.top = top;
    this.walk = nativeFiles.flatMap(system -> system.walk(top.descriptor()));
  }

  /**
   * Opens a root, which may be reached through symbolic links: whoever configured it said so.
   *
   * @throws NoSuchFileException if it is missing
   */
  static FolderTree of(Path root, Optional<NativeFiles> nativeFiles) throws IOException {
    if (nativeFiles.isEmpty()) {
      return new FolderTree(root, nativeFiles, new OpenFolder(root, -1, nativeFiles));
    }
    String real = RawName.text(root.toRealPath());
    return new FolderTree(
        root, nativeFiles, open(nativeFiles.get(), NativeFiles.FROM_THE_TOP, real));
  }

  Path root() {
    return root;
  }

  Optional<NativeFiles> nativeFiles() {
    return nativeFiles;
  }

  /**
   * Opens a folder.
   *
   * @param where its names joined by slashes; empty for the root
   * @throws NoSuchFileException if it is missing
   * @throws NotDirectoryException if it, or a folder that it is in, is a file or symbolic link
   */
  OpenFolder open(String where) throws IOException {
    if (where.isEmpty()) {
      return openRoot();
    }
    if (walk.isEmpty()) {
      return descend(openRoot(), where, Missing.FAIL);
    }
    try {
      return opened(nativeFiles.orElseThrow(), walk.get().open(top.descriptor(), where));
    } catch (NativeRefusal e) {
      throw e.translated();
    }
  }

  /** Opens a folder, made if it is missing, and then durable. */
  OpenFolder make(String where) throws IOException {
    OpenFolder made = makeForNow(where);
    String at = where;
    while (!at.isEmpty()) {
      at = KnownFolder.parentOf(at);
      try (OpenFolder parent = open(at)) {
        sync(parent.path());
      }
    }
    return made;
  }

  /** Opens a folder, made if it is missing. The caller makes its name durable. */
  OpenFolder makeForNow(String where) throws IOException {
    OpenFolder at = openRoot();
    return where.isEmpty() ? at : descend(at, where, Missing.MAKE);
  }

  /** How files get from one folder of this tree to another. */
  FileMoves moves() {
    return new FileMoves(nativeFiles);
  }

  /** Makes names that were added to or removed from a folder survive a power cut. */
  static void sync(Path folder) throws IOException {
    var names = names(folder);
    if (names.isPresent()) {
      ForcedTogether.force(List.of(names.get()));
    }
  }

  /** What has to be forced for a folder's names to be durable; empty if nothing has to be. */
  static Optional<FileChannel> names(Path folder) throws IOException {
    return NAMES_NEED_SYNC
        ? Optional.of(FileChannel.open(folder, StandardOpenOption.READ))
        : Optional.empty();
  }

  private enum Missing {
    FAIL,
    MAKE
  }

  @Override
  public void close() {
    top.close();
  }

  private OpenFolder openRoot() throws IOException {
    return nativeFiles.isEmpty() ? top : open(nativeFiles.get(), top.descriptor(), ".");
  }

  private static OpenFolder open(NativeFiles system, int within, String name) throws IOException {
    try {
      return opened(system, system.openFolder(within, name));
    } catch (NativeRefusal e) {
      throw e.translated();
    }
  }

  private static OpenFolder opened(NativeFiles system, int descriptor) {
    return new OpenFolder(NativeFiles.pathOf(descriptor), descriptor, Optional.of(system));
  }

  private OpenFolder descend(OpenFolder start, String where, Missing missing) throws IOException {
    OpenFolder at = start;
    try {
      for (String name : where.split("/", -1)) {
        OpenFolder next = child(at, name, missing);
        at.close();
        at = next;
      }
      return at;
    } catch (IOException | RuntimeException e) {
      at.close();
      throw e;
    }
  }

  private OpenFolder child(OpenFolder within, String name, Missing missing) throws IOException {
    try {
      return child(within, name);
    } catch (NoSuchFileException e) {
      if (missing == Missing.FAIL) {
        throw e;
      }
      try {
        Files.createDirectory(within.file(name));
      } catch (FileAlreadyExistsException _) {
        // Somebody was faster: fine if it is a folder, which the next line finds out.
      }
      return child(within, name);
    }
  }

  private OpenFolder child(OpenFolder within, String name) throws IOException {
    if (nativeFiles.isPresent()) {
      return open(nativeFiles.get(), within.descriptor(), name);
    }
    Path path = within.file(name);
    if (FileStat.of(path).kind() != FileStat.Kind.FOLDER) {
      throw new NotDirectoryException(path.toString());
    }
    return new OpenFolder(path, -1, nativeFiles);
  }
}

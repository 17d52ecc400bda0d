package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.port.Contents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes new files to the working directory, whole and durable, before they are put in place. */
final class Staging {

  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_LINK = 4095;

  private final FolderTree tree;
  private final OpenFolder work;
  private final Contents contents;
  private final List<FileChannel> written = new ArrayList<>();

  Staging(FolderTree tree, OpenFolder work, Contents contents) {
    this.tree = tree;
    this.work = work;
    this.contents = contents;
  }

  /**
   * Writes a file, to be made durable with the others.
   *
   * @param like the file that it will replace, whose permissions and owner it takes over
   * @return how it looks
   * @throws IOException if it can't be written; nothing of it is left
   */
  FileStat write(String name, FileVersion version, Optional<Path> like) throws IOException {
    Path file = work.file(name);
    int before = written.size();
    try {
      if (version.mode() == FileMode.SYMLINK) {
        makeLink(file, version);
      } else {
        copy(file, version);
        if (FileStat.keepsExecutable()) {
          dress(file, version.mode(), like);
        }
      }
      return FileStat.of(file);
    } catch (IOException | RuntimeException e) {
      // An open file keeps its room even if it is deleted.
      if (written.size() > before) {
        written.removeLast().close();
      }
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** Makes what was written durable. */
  void makeDurable() throws IOException {
    var all = List.copyOf(written);
    written.clear();
    ForcedTogether.force(all);
  }

  /** Lets go of what was written. */
  void forget() throws IOException {
    ForcedTogether.closeAll(written);
    written.clear();
  }

  private void copy(Path file, FileVersion version) throws IOException {
    FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    written.add(out);
    try (InputStream in = contents.open(version.content())) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        ByteBuffer some = ByteBuffer.wrap(buffer, 0, read);
        while (some.hasRemaining()) {
          out.write(some);
        }
      }
    }
  }

  private void makeLink(Path file, FileVersion version) throws IOException {
    long size = contents.size(version.content());
    if (size == 0 || size > LONGEST_LINK) {
      throw new CannotHoldException("no symbolic link can point to " + size + " bytes");
    }
    byte[] target = contents.read(version.content());
    for (byte b : target) {
      if (b == 0) {
        throw new CannotHoldException("no symbolic link can point to a name with a NUL in it");
      }
    }
    if (tree.nativeFiles().isPresent()) {
      tree.nativeFiles().get().makeLink(target, file);
      return;
    }
    try {
      Files.createSymbolicLink(file, RawName.path(RawName.text(target)));
    } catch (UnsupportedOperationException | IOException e) {
      throw new CannotHoldException(
          "symbolic links can't be made here (" + e.getMessage() + ")", e);
    }
  }

  /** Gives a file the permissions and, if this user may, the owner of the one that it replaces. */
  private static void dress(Path file, FileMode mode, Optional<Path> like) throws IOException {
    var view = view(file);
    Set<PosixFilePermission> permissions =
        EnumSet.copyOf(view(like.orElse(file)).readAttributes().permissions());
    runs(permissions, PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE, mode);
    runs(permissions, PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE, mode);
    runs(permissions, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE, mode);
    if (like.isPresent()) {
      keepOwner(file, like.get(), "unix:uid");
      keepOwner(file, like.get(), "unix:gid");
    }
    view.setPermissions(permissions);
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static void runs(
      Set<PosixFilePermission> permissions,
      PosixFilePermission read,
      PosixFilePermission run,
      FileMode mode) {
    boolean owner = run == PosixFilePermission.OWNER_EXECUTE;
    if (mode == FileMode.EXECUTABLE && (owner || permissions.contains(read))) {
      permissions.add(run);
    } else {
      permissions.remove(run);
    }
  }

  private static void keepOwner(Path file, Path like, String which) throws IOException {
    Object wanted = Files.getAttribute(like, which, LinkOption.NOFOLLOW_LINKS);
    if (!wanted.equals(Files.getAttribute(file, which, LinkOption.NOFOLLOW_LINKS))) {
      try {
        Files.setAttribute(file, which, wanted, LinkOption.NOFOLLOW_LINKS);
      } catch (IOException _) {
        // Only root may give files away; others write as themselves.
      }
    }
  }
}

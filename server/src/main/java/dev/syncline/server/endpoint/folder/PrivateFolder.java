package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The one directory in a synced folder that is ours: the mark that tells the folder from an
 * unmounted disk, the index, and files on their way. In the folder itself, since a file can be
 * moved in one step on one file system only.
 */
final class PrivateFolder {

  static final String NAME = ".syncline-folder";

  private static final String MARK = "link";
  private static final String WORK = "work";

  private final Path root;
  private final LinkName link;

  PrivateFolder(Path root, LinkName link) {
    this.root = root;
    this.link = link;
  }

  /**
   * Makes the folder the link's: from now on it is expected to be there.
   *
   * @throws SyncException.Invalid if it is another link's
   * @throws SyncException.Unavailable if that can't be written down
   */
  void adopt() {
    try {
      if (!Files.isDirectory(root)) {
        Files.createDirectory(root);
      }
      if (Files.exists(path(MARK))) {
        String other = markedFor();
        if (!other.equals(link.value())) {
          throw new SyncException.Invalid(
              root
                  + " belongs to the link \""
                  + other
                  + "\" already: choose another folder, or delete "
                  + path("")
                  + " if that link is no longer used");
        }
        return;
      }
      Files.createDirectories(path(WORK));
      // Git leaves a folder alone that ignores all of itself.
      Files.writeString(path(".gitignore"), "*\n");
      Path fresh = path(MARK + ".new");
      try (FileChannel out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        out.write(StandardCharsets.UTF_8.encode(link.value() + "\n"));
        out.force(true);
      }
      Files.move(fresh, path(MARK), StandardCopyOption.ATOMIC_MOVE);
      FolderTree.sync(path(""));
      FolderTree.sync(root);
    } catch (IOException e) {
      throw FolderTrouble.with(root, e);
    }
  }

  /** Whether the folder was made some link's. */
  boolean isThere() {
    return Files.exists(path(MARK));
  }

  /**
   * Makes sure that the folder is there and is the link's.
   *
   * @throws SyncException.Unavailable if it is not
   */
  void check() {
    try {
      String found = markedFor();
      if (!found.equals(link.value())) {
        throw new SyncException.Unavailable(
            root + " is the folder of the link \"" + found + "\", not of \"" + link + "\"");
      }
    } catch (NoSuchFileException e) {
      throw new SyncException.Unavailable(
          (Files.isDirectory(root)
                  ? root + " has lost its mark " + NAME + "/" + MARK
                  : root + " is not there")
              + ": a disk may not be mounted. Nothing was changed. If this is what the folder is"
              + " to be from now on, let the link \""
              + link
              + "\" adopt it anew",
          e);
    } catch (IOException e) {
      throw FolderTrouble.with(root, e);
    }
  }

  /**
   * Opens it and keeps other processes out.
   *
   * @throws SyncException.Unavailable if one is in
   */
  HeldFolder hold(FolderTree tree) {
    check();
    OpenFolder own = null;
    OpenFolder work = null;
    try {
      own = tree.open(NAME);
      work = tree.makeForNow(NAME + "/" + WORK);
      FileChannel lock =
          FileChannel.open(
              own.file("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      var held = new HeldFolder(own, work, lock);
      own = null;
      work = null;
      if (!isAlone(lock)) {
        held.close();
        throw new SyncException.Unavailable(
            "another Syncline process uses " + root + " at this moment");
      }
      return held;
    } catch (IOException e) {
      throw FolderTrouble.with(root, e);
    } finally {
      if (own != null) {
        own.close();
      }
      if (work != null) {
        work.close();
      }
    }
  }

  private static boolean isAlone(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  private String markedFor() throws IOException {
    return Files.readString(path(MARK)).strip();
  }

  private Path path(String name) {
    Path own = root.resolve(NAME);
    return name.isEmpty() ? own : own.resolve(name);
  }
}

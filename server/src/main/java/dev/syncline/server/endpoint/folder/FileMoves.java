package dev.syncline.server.endpoint.folder;

import dev.syncline.server.endpoint.folder.NativeRefusal.Refusal;
import java.io.File;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Moves that happen in one step, each by the best means that the system has.
 *
 * <p>Thread-safe: immutable.
 */
record FileMoves(Optional<NativeFiles> nativeFiles) {

  /** Windows moves without replacing anyhow. */
  private static final boolean HAS_LINKS = File.separatorChar == '/';

  /**
   * Lets two files change places in one step.
   *
   * @return false if this file system can't; then nothing happened
   */
  boolean exchange(OpenFolder one, String name, OpenFolder other, String otherName)
      throws IOException {
    if (nativeFiles.isEmpty()) {
      return false;
    }
    try {
      nativeFiles
          .get()
          .move(one.descriptor(), name, other.descriptor(), otherName, NativeFiles.Move.EXCHANGE);
      return true;
    } catch (NativeRefusal e) {
      if (e.refusal() == Refusal.UNKNOWN_CALL) {
        return false;
      }
      throw e.translated();
    }
  }

  /**
   * Moves a file to a name that nobody has.
   *
   * @throws FileAlreadyExistsException if somebody has it; nothing happened
   */
  void moveIfFree(OpenFolder from, String name, OpenFolder to, String newName) throws IOException {
    if (nativeFiles.isPresent()) {
      try {
        nativeFiles
            .get()
            .move(from.descriptor(), name, to.descriptor(), newName, NativeFiles.Move.IF_FREE);
        return;
      } catch (NativeRefusal e) {
        if (e.refusal() != Refusal.UNKNOWN_CALL) {
          throw e.translated();
        }
      }
    }
    Path source = from.file(name);
    Path target = to.file(newName);
    if (HAS_LINKS && FileStat.of(source).kind() != FileStat.Kind.FOLDER) {
      // A hard link is made only where nothing is; a rename would replace.
      try {
        Files.createLink(target, source);
        Files.delete(source);
        return;
      } catch (FileAlreadyExistsException e) {
        throw e;
      } catch (IOException | UnsupportedOperationException _) {
        // This file system has no hard links.
      }
    }
    if (FileStat.ifThere(target).isPresent()) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Files.move(source, target);
  }

  /** Takes away whatever has a name. */
  void take(OpenFolder from, String name, OpenFolder to, String newName) throws IOException {
    try {
      Files.move(from.file(name), to.file(newName), StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new OtherDiskException(e.getFile());
    }
  }
}

package dev.syncline.server.state;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes folders and files that nobody but their owner can read, and says plainly if it can't. */
final class DirectoryFiles {

  private DirectoryFiles() {}

  /** Makes the directory unless it is there, and makes sure that it can be written to. */
  static Path prepare(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(absolute)) {
        if (absolute.getParent() != null) {
          Files.createDirectories(absolute.getParent());
        }
        Files.createDirectory(absolute, permissions(absolute, "rwx------"));
      }
      if (!Files.isWritable(absolute)) {
        throw new AccessDeniedException(absolute.toString());
      }
      return absolute.toRealPath();
    } catch (FileAlreadyExistsException e) {
      if (Files.isDirectory(absolute)) {
        return prepare(directory);
      }
      throw unusable(absolute, e);
    } catch (IOException | ReadOnlyFileSystemException e) {
      throw unusable(absolute, e);
    }
  }

  /** The path that every way to the directory leads to, if there is one. */
  static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (NoSuchFileException e) {
      return directory.toAbsolutePath().normalize();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /**
   * Replaces the file as a whole; durable when it returns. For who has the directory to himself:
   * the temporary name is always the same, so a crash leaves one file at most.
   */
  static void writePrivate(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    var options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try (var out = FileChannel.open(temporary, options, permissions(file, "rw-------"))) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static SyncException unusable(Path path, Exception cause) {
    String text = "data directory " + path + " can't be used: ";
    return switch (cause) {
      case FileAlreadyExistsException e ->
          new SyncException.Invalid(text + e.getFile() + " is a file, not a directory", e);
      case NotDirectoryException e ->
          new SyncException.Invalid(text + e.getFile() + " is a file, not a directory", e);
      case AccessDeniedException e ->
          new SyncException.Denied(
              text + "the user that runs Syncline may not write to " + e.getFile(), e);
      case ReadOnlyFileSystemException e ->
          new SyncException.Denied(text + "its file system is read-only", e);
      default -> new SyncException.Denied(text + cause.getMessage(), cause);
    };
  }

  private static FileAttribute<?>[] permissions(Path path, String posix) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(posix))
        }
        : new FileAttribute<?>[0];
  }
}

package dev.syncline.server.endpoint.folder;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FileVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Says what a file holds at this moment. Thread-safe: immutable. */
final class FileGuard {

  private final Optional<NativeFiles> nativeFiles;

  FileGuard(Optional<NativeFiles> nativeFiles) {
    this.nativeFiles = nativeFiles;
  }

  /**
   * Reads a file.
   *
   * @param ifUnknown its mode where the system keeps none
   * @return empty if there is none, or it is no file
   */
  Optional<FileVersion> versionOf(Path file, FileMode ifUnknown) throws IOException {
    try {
      FileStat stat = FileStat.of(file);
      return switch (stat.kind()) {
        case FILE ->
            FileReading.hash(file, stat.size())
                .map(content -> new FileVersion(content, mode(stat, ifUnknown)));
        case LINK ->
            Optional.of(new FileVersion(ContentId.ofContents(target(file)), FileMode.SYMLINK));
        case FOLDER, OTHER -> Optional.empty();
      };
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** What a symbolic link points to, as it was written. */
  byte[] target(Path link) throws IOException {
    return nativeFiles.isPresent()
        ? nativeFiles.get().readLink(link)
        : RawName.bytes(RawName.text(Files.readSymbolicLink(link)));
  }

  private static FileMode mode(FileStat stat, FileMode ifUnknown) {
    if (FileStat.keepsExecutable()) {
      return stat.executable() ? FileMode.EXECUTABLE : FileMode.REGULAR;
    }
    return ifUnknown.isFile() ? ifUnknown : FileMode.REGULAR;
  }
}

package dev.syncline.server.endpoint.folder;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder that is open. May be used by many threads until it is closed.
 *
 * @param path where its files can be reached while it is open
 * @param descriptor the system's number for it; -1 if it has none
 */
record OpenFolder(Path path, int descriptor, Optional<NativeFiles> nativeFiles)
    implements AutoCloseable {

  /** A file in it. */
  Path file(String name) {
    return RawName.in(path, name);
  }

  @Override
  public void close() {
    if (descriptor >= 0) {
      nativeFiles.ifPresent(system -> system.close(descriptor));
    }
  }
}

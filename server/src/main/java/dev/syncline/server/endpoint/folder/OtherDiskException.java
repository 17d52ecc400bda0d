package dev.syncline.server.endpoint.folder;

import java.nio.file.FileSystemException;

/** A file can't be moved in one step, since another disk is mounted inside the folder. */
final class OtherDiskException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  OtherDiskException(String file) {
    super(file, null, "another disk is mounted there");
  }
}

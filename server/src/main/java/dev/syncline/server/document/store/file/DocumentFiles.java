package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/** Where documents lie, and what their files say about themselves. Thread-safe. */
final class DocumentFiles {

  /** The generation's record comes first; the first chunk's record begins here. */
  static final long START = Framing.HEADER_BYTES + Long.BYTES;

  private static final String ENDING = ".chunks";
  private static final int HEX_DIGITS = 32;

  private final FileStoreSettings settings;
  private final Disk disk;

  DocumentFiles(FileStoreSettings settings, Disk disk) {
    this.settings = settings;
    this.disk = disk;
  }

  /**
   * What a file's header and length say.
   *
   * @param generation 0 if there is no file or its header can't be read
   * @param end where the next chunk's record belongs
   */
  record Found(long generation, long end) {
    static final Found NOTHING = new Found(0, START);

    boolean exists() {
      return end > START;
    }
  }

  Path path(DocumentId document) {
    return directory(document).resolve(document.hex() + ENDING);
  }

  Path directory(DocumentId document) {
    return settings.documents().resolve(document.hex().substring(0, 2));
  }

  /** The document that a file name stands for, if it is one of ours. */
  static Optional<DocumentId> named(String fileName) {
    if (fileName.length() != HEX_DIGITS + ENDING.length() || !fileName.endsWith(ENDING)) {
      return Optional.empty();
    }
    try {
      byte[] id = HexFormat.of().parseHex(fileName, 0, HEX_DIGITS);
      return Optional.of(DocumentId.of(id));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  Found look(DocumentId document) throws IOException {
    // Asked for often while nothing is there: one system call, no exception.
    if (!disk.exists(path(document))) {
      return Found.NOTHING;
    }
    try (Disk.OpenFile file = disk.read(path(document))) {
      return new Found(generation(document, file).orElse(0), Math.max(file.size(), START));
    } catch (NoSuchFileException _) {
      return Found.NOTHING;
    }
  }

  static OptionalLong generation(DocumentId document, Disk.OpenFile file) throws IOException {
    long end = Math.min(file.size(), START);
    Optional<byte[]> header =
        new RecordReader(new Window(file::read), Binding.to(document), end).at(0);
    return header.isPresent() && header.get().length == Long.BYTES
        ? OptionalLong.of(ByteBuffer.wrap(header.get()).getLong())
        : OptionalLong.empty();
  }
}

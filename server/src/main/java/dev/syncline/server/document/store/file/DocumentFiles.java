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
   * @param generation empty if there is no file or its header can't be read
   */
  record State(boolean exists, OptionalLong generation, long bytes) {
    static final State NONE = new State(false, OptionalLong.empty(), 0);

    boolean hasChunks() {
      return bytes > START;
    }

    /** Where the next chunk's record belongs. */
    long end() {
      return Math.max(bytes, START);
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

  State state(DocumentId document) throws IOException {
    // Asked for often while nothing is there: one system call, no exception.
    if (!disk.exists(path(document))) {
      return State.NONE;
    }
    try (Disk.OpenFile file = disk.read(path(document))) {
      return new State(true, generation(document, file), file.size());
    } catch (NoSuchFileException _) {
      return State.NONE;
    }
  }

  private static OptionalLong generation(DocumentId document, Disk.OpenFile file)
      throws IOException {
    long end = Math.min(file.size(), START);
    Optional<byte[]> header =
        new RecordReader(new Window(file::read), Binding.to(document), end).at(0);
    return header.isPresent() && header.get().length == Long.BYTES
        ? OptionalLong.of(ByteBuffer.wrap(header.get()).getLong())
        : OptionalLong.empty();
  }
}

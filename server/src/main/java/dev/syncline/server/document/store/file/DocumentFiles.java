package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where documents lie, and the files that are open for reading. A reader takes a file for itself
 * and gives it back. Thread-safe.
 */
final class DocumentFiles {

  /** The generation's record comes first; the first chunk's record begins here. */
  static final long START = Framing.HEADER_BYTES + Long.BYTES;

  static final String ENDING = ".chunks";

  private final FileStoreSettings settings;
  private final Disk disk;
  private final Map<DocumentId, FileChannel> idle = new LinkedHashMap<>();

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
  record Found(boolean exists, long generation, long end) {
    static final Found NOTHING = new Found(false, 0, START);
  }

  Path path(DocumentId document) {
    String hex = document.hex();
    return settings.documents().resolve(hex.substring(0, 2)).resolve(hex + ENDING);
  }

  Found look(DocumentId document) throws IOException {
    // Asked for often while nothing is there: one system call, no exception.
    if (!Files.exists(path(document))) {
      return Found.NOTHING;
    }
    FileChannel file;
    try {
      file = take(document);
    } catch (NoSuchFileException _) {
      return Found.NOTHING;
    }
    try {
      long size = file.size();
      Found found =
          new Found(size > START, generation(document, file).orElse(0), Math.max(size, START));
      give(document, file);
      return found;
    } catch (IOException e) {
      drop(file, e);
      throw e;
    }
  }

  static OptionalLong generation(DocumentId document, FileChannel file) throws IOException {
    Optional<byte[]> header =
        new RecordReader(new Window(file::read), Binding.to(document), Math.min(file.size(), START))
            .at(0);
    return header.isPresent() && header.get().length == Long.BYTES
        ? OptionalLong.of(ByteBuffer.wrap(header.get()).getLong())
        : OptionalLong.empty();
  }

  /** The caller's alone until given back or dropped. */
  FileChannel take(DocumentId document) throws IOException {
    synchronized (idle) {
      FileChannel file = idle.remove(document);
      if (file != null && file.isOpen()) {
        return file;
      }
    }
    return disk.open(path(document), Set.of(StandardOpenOption.READ));
  }

  /** Keeps the file open for the next reader, at the cost of the one that waited longest. */
  void give(DocumentId document, FileChannel file) throws IOException {
    Optional<FileChannel> surplus;
    Optional<FileChannel> eldest = Optional.empty();
    synchronized (idle) {
      surplus = Optional.ofNullable(idle.put(document, file));
      if (idle.size() > settings.openFiles()) {
        eldest = Optional.of(idle.remove(idle.keySet().iterator().next()));
      }
    }
    close(surplus);
    close(eldest);
  }

  /** Closes a file that failed its reader; the reader's failure is the one to tell. */
  static void drop(FileChannel file, Exception failure) {
    try {
      file.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** The file is about to go: nobody may read the old one through a handle that is still open. */
  void forget(DocumentId document) throws IOException {
    Optional<FileChannel> gone;
    synchronized (idle) {
      gone = Optional.ofNullable(idle.remove(document));
    }
    close(gone);
  }

  void close() throws IOException {
    synchronized (idle) {
      for (FileChannel file : idle.values()) {
        file.close();
      }
      idle.clear();
    }
  }

  private static void close(Optional<FileChannel> file) throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }
}

package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings document files to what changes say, durably. If it fails, all changes must be written
 * again, from the beginning: after a failed fsync the system may have forgotten any of them.
 * Confined to one thread.
 */
final class DocumentWriter {

  /** Files are forced together, which is faster than one by one, but not too many stay open. */
  private static final int MOST_OPEN = 128;

  private final FileStoreSettings settings;
  private final Disk disk;
  private final DocumentFiles files;
  private final Counters counters;
  private final Names names;
  private final Framing framing = new Framing();
  private final WriteBuffer buffer = new WriteBuffer(64 << 10);
  private final List<Disk.OpenFile> unforced = new ArrayList<>();
  private final Set<Path> changedDirectories = new LinkedHashSet<>();

  /** What is known about files that exist already. */
  enum Names {
    /** An earlier process may have died before their names were durable. */
    UNSURE,
    /** This process made them so, or found them so. */
    DURABLE
  }

  DocumentWriter(
      FileStoreSettings settings, Disk disk, DocumentFiles files, Counters counters, Names names) {
    this.settings = settings;
    this.disk = disk;
    this.files = files;
    this.counters = counters;
    this.names = names;
  }

  void write(List<DocumentChange> changes) throws IOException {
    try {
      for (DocumentChange change : changes) {
        apply(change);
        if (unforced.size() >= MOST_OPEN) {
          force();
        }
      }
      force();
      for (Path directory : changedDirectories) {
        disk.syncDirectory(directory);
      }
      changedDirectories.clear();
    } catch (IOException | RuntimeException | Error e) {
      // Directories stay noted: their names are not yet durable, and the next attempt syncs them.
      for (Disk.OpenFile file : unforced) {
        closeAfter(file, e);
      }
      unforced.clear();
      throw e;
    }
  }

  private void apply(DocumentChange change) throws IOException {
    switch (change) {
      case DocumentChange.Write write -> write(write);
      case DocumentChange.Remove remove -> remove(remove);
    }
  }

  private void write(DocumentChange.Write change) throws IOException {
    Path path = files.path(change.document());
    Path directory = files.directory(change.document());
    DocumentFiles.State before = files.state(change.document());
    switch (change.step(before.generation())) {
      case SKIP -> {
        return;
      }
      case RESTART -> {
        if (before.bytes() > 0) {
          // A new file, and not the old one cut: no old byte can come back behind the new ones.
          disk.delete(path);
          disk.syncDirectory(directory);
        }
        makeRoom(directory);
      }
      case KEEP -> {
        if (names == Names.UNSURE) {
          makeRoom(directory);
        }
      }
      case REMOVE -> throw new IllegalStateException("a write removes nothing");
    }
    Disk.OpenFile file = disk.write(path);
    unforced.add(file);
    // If an earlier attempt failed, what it wrote counts for nothing: the header neither.
    if (change.isWhole() || before.generation().isEmpty()) {
      putHeader(file, change);
    }
    putBlocks(file, change.blocks());
    counters.documentBytes().addAndGet(file.size() - before.bytes());
  }

  private void putHeader(Disk.OpenFile file, DocumentChange.Write change) throws IOException {
    byte[] generation = ByteBuffer.allocate(Long.BYTES).putLong(change.generation()).array();
    WriteBuffer.Target out = buffer.to(file, 0);
    out.put(framing.frame(Binding.to(change.document()), 0, generation));
    out.flush();
  }

  private void putBlocks(Disk.OpenFile file, List<Block> blocks) throws IOException {
    WriteBuffer.Target out = buffer.to(file, DocumentFiles.START);
    for (Block block : blocks) {
      // A record of the log that could not be read leaves a hole, which reading gets over.
      if (block.offset() != out.position()) {
        out.flush();
        out = buffer.to(file, block.offset());
      }
      block.writeTo(out);
    }
    out.flush();
  }

  private void remove(DocumentChange.Remove change) throws IOException {
    DocumentId document = change.document();
    DocumentFiles.State before = files.state(document);
    if (!before.exists()) {
      // A crash or a failed attempt may have left the name gone, but not yet for good.
      if (disk.exists(files.directory(document))) {
        changedDirectories.add(files.directory(document));
      }
    } else if (change.step(before.generation()) == DocumentChange.Step.REMOVE) {
      disk.delete(files.path(document));
      changedDirectories.add(files.directory(document));
      counters.documentBytes().addAndGet(-before.bytes());
    }
  }

  private void makeRoom(Path directory) throws IOException {
    boolean made = !disk.exists(directory);
    if (made) {
      disk.createDirectory(directory);
    }
    if (made || names == Names.UNSURE) {
      changedDirectories.add(settings.documents());
    }
    changedDirectories.add(directory);
  }

  private void force() throws IOException {
    ForceTogether.force(unforced);
    for (Disk.OpenFile file : unforced) {
      file.close();
    }
    unforced.clear();
  }

  /** The failure is the one to tell. */
  private static void closeAfter(Disk.OpenFile file, Throwable failure) {
    try {
      file.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}

package dev.syncline.server.document.store.file;

import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ChunkStore.ChunkVisitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows documents from their files and from what is not there yet. Thread-safe. */
final class DocumentReader {

  private static final Logger LOG = LoggerFactory.getLogger(DocumentReader.class);

  private final Disk disk;
  private final DocumentFiles files;
  private final Tails tails;
  private final DamagedShelf shelf;

  DocumentReader(Disk disk, DocumentFiles files, Tails tails, DamagedShelf shelf) {
    this.disk = disk;
    this.files = files;
    this.tails = tails;
    this.shelf = shelf;
  }

  void scan(DocumentId document, ChunkVisitor visitor) {
    try (Source source = open(document, () -> tails.view(document))) {
      if (source.file().isPresent()) {
        Disk.OpenFile file = source.file().get();
        source.records(document).walk(new Scan(document, file, visitor));
      }
      for (Block block : source.blocks()) {
        long[] positions = block.positions();
        for (int i = 0; i < positions.length; i++) {
          visitor.chunk(positions[i], block.chunks().get(i).clone());
        }
      }
    } catch (IOException e) {
      throw DiskTrouble.reading(files.path(document), e);
    }
  }

  void read(DocumentId document, long[] positions, ChunkVisitor visitor) {
    try (Source source = open(document, () -> tails.view(document, positions))) {
      Map<Long, byte[]> inMemory = source.chunks();
      RecordReader inFile = source.records(document);
      for (long position : positions) {
        byte[] chunk = inMemory.get(position);
        if (chunk != null) {
          visitor.chunk(position, chunk.clone());
        } else {
          visitor.chunk(position, chunk(document, inFile, position));
        }
      }
    } catch (IOException e) {
      throw DiskTrouble.reading(files.path(document), e);
    }
  }

  private byte[] chunk(DocumentId document, RecordReader file, long position) throws IOException {
    Optional<byte[]> found = position < DocumentFiles.START ? Optional.empty() : file.at(position);
    return found.orElseThrow(() ->
        new SyncException.Corrupt(
            "document "
                + document
                + " has no sound chunk at "
                + position
                + " of "
                + files.path(document)));
  }

  /** The file counts up to an end that no checkpoint moves while we look. */
  private Source open(DocumentId document, Supplier<Tails.View> look) throws IOException {
    Path path = files.path(document);
    while (true) {
      Tails.View view = look.get();
      boolean inTails = view.fileEnd().isPresent();
      if (inTails ? view.fileEnd().get() == DocumentFiles.START : !disk.exists(path)) {
        if (inTails || unchanged(view)) {
          return new Source(Optional.empty(), DocumentFiles.START, view.blocks());
        }
        continue;
      }
      Disk.OpenFile file = disk.read(path);
      long end = inTails ? view.fileEnd().get() : size(file);
      if (inTails || unchanged(view)) {
        return new Source(Optional.of(file), end, view.blocks());
      }
      // A checkpoint began that may be writing this file: look again.
      file.close();
    }
  }

  private static long size(Disk.OpenFile file) throws IOException {
    try {
      return file.size();
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private boolean unchanged(Tails.View view) {
    return tails.checkpoints() == view.checkpoints();
  }

  private record Source(Optional<Disk.OpenFile> file, long end, List<Block> blocks)
      implements AutoCloseable {

    RecordReader records(DocumentId document) {
      Window.PositionalRead read = file.isPresent() ? file.get()::read : (into, offset) -> -1;
      return new RecordReader(new Window(read), Binding.to(document), file.isPresent() ? end : 0);
    }

    Map<Long, byte[]> chunks() {
      Map<Long, byte[]> chunks = new HashMap<>();
      for (Block block : blocks) {
        long[] positions = block.positions();
        for (int i = 0; i < positions.length; i++) {
          chunks.put(positions[i], block.chunks().get(i));
        }
      }
      return chunks;
    }

    @Override
    public void close() throws IOException {
      if (file.isPresent()) {
        file.get().close();
      }
    }
  }

  /** Passes chunks on and damage to the shelf. */
  private final class Scan implements RecordReader.Visitor {
    private final DocumentId document;
    private final Disk.OpenFile file;
    private final ChunkVisitor visitor;

    Scan(DocumentId document, Disk.OpenFile file, ChunkVisitor visitor) {
      this.document = document;
      this.file = file;
      this.visitor = visitor;
    }

    @Override
    public void intact(long offset, byte[] payload) {
      if (offset >= DocumentFiles.START) {
        visitor.chunk(offset, payload);
      }
    }

    @Override
    public void damaged(long offset, long length) {
      Path path = files.path(document);
      try {
        shelf.setAside(
            file,
            new DamagedShelf.Place(path, Optional.of(document), offset, length),
            DamagedShelf.Kind.DAMAGED);
      } catch (IOException e) {
        // It stays where it is, in a file that is only appended to: the copy can wait.
        LOG.atWarn().addKeyValue("file", path).setCause(e).log("no copy of damaged data was made");
      }
    }
  }
}

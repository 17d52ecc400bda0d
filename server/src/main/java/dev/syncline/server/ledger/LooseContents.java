package dev.syncline.server.ledger;

import dev.syncline.core.model.SyncException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.sha1.SHA1;
import org.eclipse.jgit.util.sha1.Sha1CollisionException;

/**
 * Writes contents that are too large for memory, each to a loose object of its own, so that many
 * threads can write at once and none waits for another's input. Thread-safe.
 */
final class LooseContents {

  private static final int BUFFER = 1 << 16;

  private final Stored stored;
  private final Path objects;

  LooseContents(Stored stored) {
    this.stored = stored;
    this.objects = stored.objects().getDirectory().toPath();
  }

  /** Keeps contents, durably. */
  ObjectId put(long size, InputStream in) throws IOException {
    Path temporary = objects.resolve(RepositoryFiles.TEMPORARY + "obj_" + UUID.randomUUID());
    try {
      ObjectId id = write(temporary, size, in);
      if (!has(id)) {
        install(temporary, id);
      }
      return id;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Loose objects whose files are smaller. */
  List<ObjectId> smallerThan(long bytes) throws IOException {
    var ids = new ArrayList<ObjectId>();
    for (Path folder : folders()) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          String name = folder.getFileName().toString() + file.getFileName();
          if (ObjectId.isId(name) && Files.size(file) < bytes) {
            ids.add(ObjectId.fromString(name));
          }
        }
      }
    }
    return ids;
  }

  /** Deletes objects that are in a pack now. */
  void delete(Iterable<ObjectId> ids) throws IOException {
    for (ObjectId id : ids) {
      Files.deleteIfExists(file(id));
    }
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(objects)) {
      return all.filter(folder -> folder.getFileName().toString().length() == 2).toList();
    }
  }

  private Path file(ObjectId id) {
    String name = id.name();
    return objects.resolve(name.substring(0, 2)).resolve(name.substring(2));
  }

  private boolean has(ObjectId id) {
    try {
      return stored.has(id);
    } catch (IOException e) {
      throw GitFailure.reading(stored.path(), "contents " + id.name(), e);
    }
  }

  private ObjectId write(Path temporary, long size, InputStream in) throws IOException {
    SHA1 sha1 = SHA1.newInstance();
    var deflater = new Deflater(Deflater.BEST_SPEED);
    try (var file = opened(temporary)) {
      var out = new Guarded(stored.path(), new DeflaterOutputStream(file, deflater, BUFFER));
      byte[] header = ("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII);
      sha1.update(header);
      out.write(header, header.length);
      byte[] buffer = new byte[BUFFER];
      long left = size;
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw Sizes.tooShort(size, size - left);
        }
        sha1.update(buffer, 0, count);
        out.write(buffer, count);
        left -= count;
      }
      Sizes.mustEnd(in, size);
      out.finish(file);
      return sha1.toObjectId();
    } catch (Sha1CollisionException e) {
      throw new SyncException.Invalid("contents that were made to collide in SHA-1", e);
    } finally {
      deflater.end();
    }
  }

  private FileOutputStream opened(Path temporary) {
    try {
      return new FileOutputStream(temporary.toFile());
    } catch (IOException e) {
      throw GitFailure.writing(stored.path(), e);
    }
  }

  private void install(Path temporary, ObjectId id) {
    Path file = file(id);
    Path folder = objects.resolve(id.name().substring(0, 2));
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        Durable.names(objects);
      }
      Durable.rename(temporary, file);
      Durable.names(folder);
    } catch (IOException e) {
      throw GitFailure.writing(stored.path(), e);
    }
  }

  /** Tells a failure of the disk from one of the input: only the first is ours. */
  private record Guarded(Path repository, DeflaterOutputStream out) {
    void write(byte[] bytes, int length) {
      try {
        out.write(bytes, 0, length);
      } catch (IOException e) {
        throw GitFailure.writing(repository, e);
      }
    }

    void finish(FileOutputStream file) {
      try {
        out.finish();
        file.getFD().sync();
      } catch (IOException e) {
        throw GitFailure.writing(repository, e);
      }
    }
  }
}

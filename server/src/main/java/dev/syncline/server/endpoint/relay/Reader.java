package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a folder, many at once: each document once, however many paths it has. For one
 * look.
 */
final class Reader {

  /** After so many failures in a row the server is taken to be in trouble. */
  private static final int TROUBLE = 8;

  private final RelayServer server;
  private final Attachments attachments;
  private final Contents contents;
  private final AtomicInteger failures = new AtomicInteger();

  Reader(RelayServer server, Attachments attachments, Contents contents) {
    this.server = server;
    this.attachments = attachments;
    this.contents = contents;
  }

  /** What is to be read, and what the base holds there. */
  record Wanted(FilePath path, Entry entry, Optional<FileVersion> base) {}

  /**
   * Reads them.
   *
   * @throws SyncException.Unavailable if the server is in trouble, and not only some documents
   * @throws SyncException.Denied if the server doesn't take the key
   */
  SortedMap<FilePath, Held> read(Collection<Wanted> wanted) {
    var byEntry = new HashMap<Entry, List<Wanted>>();
    wanted.forEach(
        one -> byEntry.merge(one.entry, List.of(one), (some, more) -> concat(some, more)));
    var all = new TreeMap<FilePath, Held>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Map<FilePath, Held>>> reading =
          byEntry.values().stream().map(same -> threads.submit(() -> read(same))).toList();
      try {
        for (Future<Map<FilePath, Held>> one : reading) {
          all.putAll(one.get());
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw new SyncException.Unavailable("interrupted while documents were read", e);
      }
    }
    return all;
  }

  private static List<Wanted> concat(List<Wanted> some, List<Wanted> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** Reads one document for all the paths that it has. */
  private Map<FilePath, Held> read(List<Wanted> same) {
    var held = new HashMap<FilePath, Held>();
    try {
      Optional<byte[]> bytes =
          switch (same.getFirst().entry) {
            case Entry.Note(RelayId id) -> DocumentText.note(server.document(id));
            case Entry.Canvas(RelayId id) -> DocumentText.canvas(server.document(id));
            case Entry.Attachment attachment -> Optional.empty();
          };
      for (Wanted one : same) {
        held.put(
            one.path,
            switch (one.entry) {
              case Entry.Note _ -> document(one, bytes);
              case Entry.Canvas _ -> canvas(one, bytes);
              case Entry.Attachment attachment -> attachment(one, attachment);
            });
      }
      failures.set(0);
    } catch (SyncException.Unavailable e) {
      if (failures.incrementAndGet() >= TROUBLE) {
        throw e;
      }
      same.forEach(one -> held.put(one.path, new Held.Failed(e)));
    }
    return held;
  }

  private Held document(Wanted one, Optional<byte[]> bytes) {
    return bytes
        .<Held>map(found -> file(one, contents.put(found)))
        .orElseGet(() -> new Held.Nothing("nobody has uploaded it yet"));
  }

  /** One that means the same as the base's stays as it is written there, by whomever. */
  private Held canvas(Wanted one, Optional<byte[]> bytes) {
    Optional<FileVersion> base = one.base.filter(version -> version.mode().isFile());
    boolean isSame =
        bytes.isPresent()
            && base.isPresent()
            && !base.get().content().equals(ContentId.ofContents(bytes.get()))
            && DocumentText.canonicalCanvas(contents.read(base.get().content()))
                .filter(written -> Arrays.equals(written, bytes.get()))
                .isPresent();
    return isSame ? new Held.File(base.get()) : document(one, bytes);
  }

  private Held attachment(Wanted one, Entry.Attachment attachment) {
    Optional<ContentId> known = attachments.known(attachment.sha256(), one.base, contents);
    if (known.isPresent()) {
      return file(one, known.get());
    }
    Path file = null;
    try {
      file = Files.createTempFile("syncline-", ".attachment");
      Optional<String> missing = server.download(attachment, file);
      if (missing.isPresent()) {
        return new Held.Nothing(missing.get());
      }
      try (var in = Files.newInputStream(file)) {
        ContentId id = contents.put(Files.size(file), in);
        attachments.learn(attachment.sha256(), id);
        return file(one, id);
      }
    } catch (IOException e) {
      throw new SyncException.Unavailable("an attachment can't be stored: " + e.getMessage(), e);
    } finally {
      delete(file);
    }
  }

  private static void delete(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }

  private static Held file(Wanted one, ContentId id) {
    FileMode mode =
        one.base.map(FileVersion::mode).filter(FileMode::isFile).orElse(FileMode.REGULAR);
    return new Held.File(new FileVersion(id, mode));
  }
}

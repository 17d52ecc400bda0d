package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileMode;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import dev.syncline.yjs.StateVector;
import dev.syncline.yjs.YDoc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** So many documents are in memory at once. */
  private static final int AT_ONCE = 8;

  private final RelayServer server;
  private final FolderMemory memory;
  private final Contents contents;
  private final AtomicInteger failures = new AtomicInteger();

  Reader(RelayServer server, FolderMemory memory, Contents contents) {
    this.server = server;
    this.memory = memory;
    this.contents = contents;
  }

  /**
   * What is to be read.
   *
   * @param base what the base holds there
   * @param since the document's state when it was read last, if that is known
   */
  record Wanted(
      FilePath path, Entry entry, Optional<FileVersion> base, Optional<StateVector> since) {}

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
    try (var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
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
      switch (same.getFirst().entry) {
        case Entry.Note(RelayId id) -> {
          YDoc document = document(id);
          Optional<byte[]> text = DocumentText.note(document);
          same.forEach(one -> held.put(one.path, file(one, document, text)));
        }
        case Entry.Canvas(RelayId id) -> {
          YDoc document = document(id);
          Optional<byte[]> json = DocumentText.canvas(document);
          same.forEach(one -> held.put(one.path, canvas(one, document, json)));
        }
        case Entry.Attachment attachment ->
            same.forEach(one -> held.put(one.path, attachment(one, attachment)));
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

  private YDoc document(RelayId id) {
    YDoc document = server.document(id);
    memory.read(id.resource(), document.state());
    return document;
  }

  private Held file(Wanted one, YDoc document, Optional<byte[]> bytes) {
    return bytes
        .<Held>map(found -> {
          Set<String> by =
              one.since.map(state -> Contributors.since(state, document)).orElse(Set.of());
          return new Held.File(version(one, contents.put(found)), by);
        })
        .orElseGet(() -> new Held.Nothing("nobody has uploaded it yet"));
  }

  /** One that means the same as the base's stays as it is written there, by whomever. */
  private Held canvas(Wanted one, YDoc document, Optional<byte[]> bytes) {
    Optional<FileVersion> base = one.base.filter(version -> version.mode().isFile());
    boolean isSame =
        bytes.isPresent()
            && base.isPresent()
            && !base.get().content().equals(ContentId.ofContents(bytes.get()))
            && DocumentText.canonicalCanvas(contents.read(base.get().content()))
                .filter(written -> Arrays.equals(written, bytes.get()))
                .isPresent();
    return isSame ? new Held.File(base.get(), Set.of()) : file(one, document, bytes);
  }

  private Held attachment(Wanted one, Entry.Attachment attachment) {
    Optional<ContentId> known = memory.attachments().known(attachment.sha256(), one.base, contents);
    if (known.isPresent()) {
      return new Held.File(version(one, known.get()), Set.of());
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
        memory.attachments().learn(attachment.sha256(), id);
        return new Held.File(version(one, id), Set.of());
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

  private static FileVersion version(Wanted one, ContentId id) {
    FileMode mode =
        one.base.map(FileVersion::mode).filter(FileMode::isFile).orElse(FileMode.REGULAR);
    return new FileVersion(id, mode);
  }
}

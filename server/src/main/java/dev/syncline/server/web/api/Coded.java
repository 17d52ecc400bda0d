package dev.syncline.server.web.api;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.compress.DeltaCoding;
import dev.syncline.server.compress.DeltaMemory;
import dev.syncline.server.compress.Effort;
import dev.syncline.server.compress.VersionHash;
import dev.syncline.server.compress.WrongVersionException;
import dev.syncline.server.compress.ZstdCoding;
import dev.syncline.server.view.Files;
import dev.syncline.server.view.Workspaces;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Contents on their way in and out, in the coding that both sides know: whole, as {@code zstd}, or
 * as {@code dcz}, a delta against contents that both sides have. {@code Dictionary-ID} says which:
 * it is the id that Git gives to them. Thread-safe.
 */
final class Coded {

  static final long MAX_BYTES = 1L << 30;

  /** Below it compression is not worth the trouble. */
  private static final long FEWEST_BYTES = 1 << 10;

  private final Workspaces workspaces;
  private final Files files;

  private final DeltaMemory memory = DeltaMemory.ofThisMachine();

  Coded(Synced synced) {
    this.workspaces = synced.workspaces();
    this.files = synced.files();
  }

  /** What a client may know contents by. */
  record Known(FileVersion file, long size, Map<String, String> headers) {}

  /** Contents that the client may have an earlier version of. */
  Answer file(Call call, WorkspaceName name, Known known) {
    var headers = new HashMap<String, String>(known.headers());
    headers.put("Vary", "Accept-Encoding, Available-Dictionary");
    String id = known.file().content().toString();
    if (call.header("If-None-Match").filter(tags -> matches(tags, '"' + id + '"')).isPresent()) {
      headers.put("ETag", '"' + id + '"');
      return new Answer.Unchanged(headers);
    }
    if (DeltaCoding.fits(known.size(), known.size())) {
      headers.put(
          "Use-As-Dictionary", "match=" + quoted(pattern(call.rawPath())) + ", id=" + quoted(id));
    }
    if (call.accepts(DeltaCoding.NAME)) {
      Optional<Version> earlier = earlier(call, name, known.size());
      if (earlier.isPresent()) {
        return delta(name, known, headers, earlier.get());
      }
    }
    return whole(call, name, known, headers);
  }

  /** Contents that nobody has another version of. */
  Answer contents(Call call, WorkspaceName name, FileVersion file) {
    var headers = new HashMap<>(Map.of("Vary", "Accept-Encoding"));
    return call.accepts(ZstdCoding.NAME)
        ? compressed(name, file, OptionalLong.empty(), headers)
        : plain(name, file, headers);
  }

  private Answer whole(Call call, WorkspaceName name, Known known, Map<String, String> headers) {
    if (known.size() >= FEWEST_BYTES && call.accepts(ZstdCoding.NAME)) {
      return compressed(name, known.file(), OptionalLong.of(known.size()), headers);
    }
    headers.put("Content-Length", Long.toString(known.size()));
    return plain(name, known.file(), headers);
  }

  private Answer plain(WorkspaceName name, FileVersion file, Map<String, String> headers) {
    InputStream contents = workspaces.open(name, file);
    headers.put("ETag", '"' + file.content().toString() + '"');
    return stream(
        headers,
        out -> {
          try (contents) {
            contents.transferTo(out);
          }
        });
  }

  private Answer compressed(
      WorkspaceName name, FileVersion file, OptionalLong size, Map<String, String> headers) {
    InputStream contents = workspaces.open(name, file);
    weak(headers, file);
    headers.put("Content-Encoding", ZstdCoding.NAME);
    return stream(
        headers,
        out -> {
          try (contents) {
            ZstdCoding.write(size, contents, out);
          }
        });
  }

  private Answer delta(
      WorkspaceName name, Known known, Map<String, String> headers, Version earlier) {
    weak(headers, known.file());
    headers.put("Content-Encoding", DeltaCoding.NAME);
    return stream(
        headers,
        out -> {
          try (earlier;
              InputStream contents = workspaces.open(name, known.file())) {
            DeltaCoding.write(
                earlier.effort(), earlier.hash(), earlier.bytes(), known.size(), contents, out);
          }
        });
  }

  /** What the client has already, if it is here too and worth a delta. */
  private Optional<Version> earlier(Call call, WorkspaceName name, long size) {
    Optional<VersionHash> wanted = call.header("Available-Dictionary").flatMap(VersionHash::read);
    Optional<ContentId> id = dictionary(call);
    if (wanted.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong length = files.size(name, id.get());
    if (length.isEmpty() || !DeltaCoding.fits(length.getAsLong(), size)) {
      return Optional.empty();
    }
    Optional<DeltaMemory.Share> room = memory.toWrite(length.getAsLong(), size);
    if (room.isEmpty()) {
      return Optional.empty();
    }
    Version found = version(name, id.get(), length.getAsLong(), room.get());
    if (found.hash().equals(wanted.get()) && DeltaCoding.isDictionary(found.bytes())) {
      return Optional.of(found);
    }
    found.close();
    return Optional.empty();
  }

  /** Keeps a body, whatever its coding, for a file if that is known already. */
  ContentId keep(Call call, WorkspaceName name, Optional<FilePath> of) throws IOException {
    return switch (call.coding()) {
      case DeltaCoding.NAME -> keepDelta(call, name, of);
      case ZstdCoding.NAME -> keepFrame(call, name, of);
      case "" -> {
        OptionalLong length = call.length();
        if (length.isEmpty()) {
          throw new NoLengthException("say with Content-Length how long it is");
        }
        yield workspaces.keep(name, of, length.getAsLong(), call.raw(MAX_BYTES));
      }
      case String other -> throw new UnknownCodingException(other);
    };
  }

  private ContentId keepFrame(Call call, WorkspaceName name, Optional<FilePath> of)
      throws IOException {
    var raw = new BufferedInputStream(call.raw(MAX_BYTES));
    long size = claimed(raw, MAX_BYTES);
    try (InputStream in = ZstdCoding.decompressing(raw)) {
      return workspaces.keep(name, of, size, in);
    }
  }

  private ContentId keepDelta(Call call, WorkspaceName name, Optional<FilePath> of)
      throws IOException {
    ContentId id = dictionary(call).orElseThrow(WrongVersionException::new);
    OptionalLong length = files.size(name, id);
    if (length.isEmpty() || length.getAsLong() > DeltaCoding.MOST_BYTES) {
      throw new WrongVersionException();
    }
    DeltaMemory.Share room =
        memory
            .toRead(length.getAsLong())
            .orElseThrow(
                () -> new SyncException.Unavailable("too many large deltas are under way"));
    try (Version earlier = version(name, id, length.getAsLong(), room)) {
      if (!DeltaCoding.isDictionary(earlier.bytes())) {
        throw new WrongVersionException();
      }
      var raw = new BufferedInputStream(call.raw(MAX_BYTES));
      DeltaCoding.open(raw, earlier.hash());
      long size = claimed(raw, DeltaCoding.MOST_BYTES);
      try (InputStream in = DeltaCoding.read(raw, earlier.bytes())) {
        return workspaces.keep(name, of, size, in);
      }
    }
  }

  /** How long a frame says that it becomes: the ledger checks that it does. */
  private static long claimed(BufferedInputStream frame, long most) throws IOException {
    OptionalLong size = ZstdCoding.size(frame);
    if (size.isEmpty()) {
      throw new NoLengthException("the compressed body doesn't say how long it becomes");
    }
    if (size.getAsLong() > most) {
      throw new TooLongException(most);
    }
    return size.getAsLong();
  }

  private static Optional<ContentId> dictionary(Call call) {
    try {
      return call.header("Dictionary-ID")
          .map(text -> ContentId.parse(text.replace("\"", "").strip()));
    } catch (SyncException.Invalid e) {
      return Optional.empty();
    }
  }

  /** Contents in memory, in the room that they were given. */
  private record Version(byte[] bytes, VersionHash hash, DeltaMemory.Share room)
      implements AutoCloseable {

    Effort effort() {
      return room.effort();
    }

    @Override
    public void close() {
      room.close();
    }
  }

  private Version version(WorkspaceName name, ContentId id, long length, DeltaMemory.Share room) {
    try (InputStream in = workspaces.open(name, FileVersion.regular(id))) {
      byte[] bytes = new byte[(int) length];
      in.readNBytes(bytes, 0, bytes.length);
      return new Version(bytes, VersionHash.of(bytes), room);
    } catch (IOException | RuntimeException e) {
      room.close();
      throw e instanceof RuntimeException failure
          ? failure
          : new SyncException.Unavailable("contents " + id + " can't be read", e);
    }
  }

  /** The bytes of a coded answer are others than those that the tag was made for. */
  private static void weak(Map<String, String> headers, FileVersion file) {
    headers.put("ETag", "W/\"" + file.content() + '"');
  }

  private static Answer stream(Map<String, String> headers, Answer.Content content) {
    return new Answer.Stream("application/octet-stream", headers, content);
  }

  private static boolean matches(String known, String tag) {
    return List.of(known.split(",", -1)).stream()
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
  }

  /** A pattern (URLPattern) that only this path fits. */
  private static String pattern(String path) {
    return path.replaceAll("[*+?:{}()\\\\]", "\\\\$0");
  }

  /** A string as structured headers write it (RFC 9651). */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

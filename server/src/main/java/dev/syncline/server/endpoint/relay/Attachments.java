package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.Sha256;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Contents;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which contents of the ledger have which SHA-256, so that an attachment that is there already is
 * never fetched again. Only saves work. Thread-safe.
 */
final class Attachments {

  private static final int MOST = 100_000;

  private final Map<String, ContentId> bySha256 =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ContentId> eldest) {
          return size() > MOST;
        }
      };

  /**
   * The contents of an attachment, if the ledger has them.
   *
   * @param sha256 what is wanted
   * @param base what was at its path last; it is read if nobody has read it yet
   */
  Optional<ContentId> known(String sha256, Optional<FileVersion> base, Contents contents) {
    Optional<ContentId> known = get(sha256);
    if (known.isPresent() || base.isEmpty() || !base.get().mode().isFile()) {
      return known.filter(id -> isThere(id, contents));
    }
    ContentId id = base.get().content();
    learn(sha256(id, contents), id);
    return get(sha256);
  }

  synchronized void learn(String sha256, ContentId id) {
    bySha256.put(sha256, id);
  }

  private synchronized Optional<ContentId> get(String sha256) {
    return Optional.ofNullable(bySha256.get(sha256));
  }

  private static boolean isThere(ContentId id, Contents contents) {
    try {
      return contents.size(id) >= 0;
    } catch (SyncException.Corrupt e) {
      return false; // They were put there, and no recording ever spoke of them.
    }
  }

  private static String sha256(ContentId id, Contents contents) {
    try (InputStream in = contents.open(id)) {
      return sha256(in);
    } catch (IOException e) {
      throw new SyncException.Unavailable("contents " + id + " can't be read", e);
    }
  }

  /** The SHA-256 of all that a stream has, as servers name attachments. */
  static String sha256(InputStream in) throws IOException {
    var hashing = new DigestInputStream(in, Sha256.start());
    hashing.transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(hashing.getMessageDigest().digest());
  }
}

package dev.syncline.server.forge;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last answers and their marks, so that a forge need not say again what is as it was. Marks are
 * good for one token only (GitHub's are made with it). Thread-safe.
 */
final class Etags {

  private static final int MOST = 32;
  private static final int LONGEST = 1 << 20;

  /** A token's hash alone is kept; if two are alike, the forge answers in full. */
  private record Key(URI address, int token) {}

  /** An answer and its mark. */
  record Kept(String etag, Answer answer) {}

  private final Map<Key, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Kept> eldest) {
          return size() > MOST;
        }
      };

  synchronized Optional<Kept> find(URI address, String token) {
    return Optional.ofNullable(kept.get(new Key(address, token.hashCode())));
  }

  /**
   * Keeps an answer if it has a mark and isn't too large.
   *
   * @param length of its text
   */
  synchronized void keep(URI address, String token, Answer answer, int length) {
    answer
        .header("ETag")
        .filter(etag -> length <= LONGEST)
        .ifPresent(etag -> kept.put(new Key(address, token.hashCode()), new Kept(etag, answer)));
  }
}

package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.FilePath;
import dev.syncline.yjs.StateVector;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a folder from earlier looks: it tells a file that moved from one that is gone,
 * and a document of this folder from one of another. Only saves work and settles doubts; without
 * it, more is looked at. Thread-safe.
 */
final class FolderMemory {

  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 7;

  /** A document of no folder is asked for again after this long. */
  private static final Duration STRANGER = Duration.ofMinutes(1);

  private static final int MOST_STRANGERS = 10_000;

  private volatile Optional<FolderListing> listing = Optional.empty();

  /** The one that was read for the look under way. */
  private Optional<FolderListing> fresh = Optional.empty();

  /** The one whose differences from those before the ledger has. */
  private Optional<FolderListing> agreed = Optional.empty();

  /** Which documents were at which paths, also at those that are listed no longer. */
  private final Map<FilePath, RelayId> documents = new HashMap<>();

  private final Attachments attachments = new Attachments();

  /** The states of documents whose contents the ledger has. */
  private final Map<String, StateVector> states = new HashMap<>();

  /** The states of those that were read, and that the ledger may have soon. */
  private final Map<String, StateVector> reading = new HashMap<>();

  /** Since when files are not listed that were. */
  private final Map<FilePath, Instant> missing = new HashMap<>();

  private final Map<String, Integer> failures = new HashMap<>();
  private final Map<String, Instant> strangers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST_STRANGERS;
        }
      };

  /** What the folder listed last; empty before the first look. */
  Optional<FolderListing> listing() {
    return listing;
  }

  /** What the folder listed when the ledger last took that into account. */
  synchronized Optional<FolderListing> agreed() {
    return agreed;
  }

  /** Whether a look came to nothing that had read what the folder lists. */
  synchronized boolean isUnsettled() {
    return !agreed.equals(listing);
  }

  /** The folder lists something else now. */
  synchronized void listed(FolderListing now) {
    listing = Optional.of(now);
    fresh = listing;
    now.entries().forEach((path, entry) -> documents.put(path, entry.id()));
    missing.keySet().removeIf(path -> now.at(path).isPresent());
    strangers.keySet().removeIf(now::has);
  }

  /** Which attachments the ledger has. */
  Attachments attachments() {
    return attachments;
  }

  /** The state that a document had when the ledger took it last, if that is known. */
  synchronized Optional<StateVector> state(String document) {
    return Optional.ofNullable(states.get(document));
  }

  /** A document was read. */
  synchronized void read(String document, StateVector state) {
    reading.put(document, state);
  }

  /**
   * The run ended for which documents were read.
   *
   * @param isDone whether the ledger has them
   */
  synchronized void ended(boolean isDone) {
    if (isDone) {
      states.putAll(reading);
      agreed = fresh.or(() -> agreed);
    }
    fresh = Optional.empty();
    reading.clear();
  }

  /** Which document was at a path when the folder listed it last. */
  synchronized Optional<RelayId> documentAt(FilePath path) {
    return Optional.ofNullable(documents.get(path));
  }

  /** Notes that a file is not listed; tells whether that was seen so long before. */
  synchronized boolean isGoneAgain(FilePath path, Instant now, Duration wait) {
    Instant since = missing.putIfAbsent(path, now);
    return since != null && !now.isBefore(since.plus(wait));
  }

  /** A file that both sides are rid of. */
  synchronized void forget(Set<FilePath> kept) {
    documents.keySet().removeIf(path -> !kept.contains(path) && !isListed(path));
    missing.keySet().retainAll(kept);
  }

  /** How long to wait before a document that could not be read is asked for again. */
  synchronized Duration waitAfterFailure(String document) {
    int times = failures.merge(document, 1, Integer::sum);
    return FIRST_WAIT.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
  }

  synchronized void succeeded(String document) {
    failures.remove(document);
  }

  /** Whether a document that the folder doesn't list is worth a look at the folder. */
  synchronized boolean isWorthAsking(String document, Instant now) {
    Instant asked = strangers.get(document);
    if (asked != null && now.isBefore(asked.plus(STRANGER))) {
      return false;
    }
    strangers.remove(document);
    strangers.put(document, now);
    return true;
  }

  private boolean isListed(FilePath path) {
    return listing.filter(it -> it.entries().containsKey(path)).isPresent();
  }
}

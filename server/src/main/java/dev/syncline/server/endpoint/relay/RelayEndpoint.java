package dev.syncline.server.endpoint.relay;

import dev.syncline.core.model.Snapshot;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.Applied;
import dev.syncline.core.port.Contents;
import dev.syncline.core.port.Delivery;
import dev.syncline.core.port.Endpoint;
import dev.syncline.core.port.Hints;
import dev.syncline.core.port.Observed;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * A shared folder of a Relay Server. What it is told to have changed is read and nothing else: one
 * note is one document, however large the folder is. It is never written to.
 */
public final class RelayEndpoint implements Endpoint {

  private final SharedFolder folder;
  private final RelayServer server;
  private final Marks marks;
  private final InstantSource clock;
  private final FolderMemory memory = new FolderMemory();

  public RelayEndpoint(SharedFolder folder, RelayServer server, Marks marks, InstantSource clock) {
    this.folder = folder;
    this.server = server;
    this.marks = marks;
    this.clock = clock;
  }

  /**
   * Somebody says that a document changed. It counts if it is the folder or in it, or if nobody
   * knows where it is: of a note that is new, one may hear before one hears of the folder. Durable
   * when it returns.
   *
   * @return whether it counts
   * @throws SyncException.Unavailable if it counts, and can't be written down
   */
  public boolean hear(RelayEvent event) {
    boolean counts = event.document().relay().equals(folder.id().relay()) && isOurs(event);
    if (counts) {
      marks.add(event.document(), event.user());
    }
    return counts;
  }

  private boolean isOurs(RelayEvent event) {
    String document = event.document().resource();
    if (event.document().equals(folder.id()) || memory.listing().isEmpty()) {
      return true;
    }
    return memory.listing().get().has(document)
        || (event.folder().filter(other -> !other.equals(folder.id())).isEmpty()
            && memory.isWorthAsking(document, clock.instant()));
  }

  /** Where to look because of what was heard. */
  public Hints heard() {
    Set<String> documents = marks.documents();
    return new Hints.At(
        memory.listing().map(listing -> listing.pathsOf(documents)).orElse(Set.of()));
  }

  /** What of the folder can't be a file anywhere, for people; empty if all can. */
  public Optional<String> problem() {
    return memory.listing().flatMap(FolderListing::strays);
  }

  @Override
  public Observed observe(Snapshot base, Hints hints, Contents contents) {
    if (hints instanceof Hints.Everywhere) {
      marks.hasten();
    }
    var look = new FolderLook(folder, memory, marks.take(), base, hints);
    if (look.needsListing()) {
      look.listed(server.document(folder.id()));
    }
    var held = new Reader(server, memory, contents).read(look.wanted());
    Observed seen = look.seen(held, clock.instant());
    look.again().forEach(marks::keep);
    return seen;
  }

  /**
   * The run ended that looked last.
   *
   * @param isDone whether the ledger has what was seen
   */
  public void ended(boolean isDone) {
    memory.ended(isDone);
    marks.ended(isDone);
  }

  @Override
  public Applied apply(Delivery delivery, Contents contents) {
    throw new SyncException.Invalid(
        "a link to a Relay Server goes one way: give it `direction: in`");
  }

  @Override
  public void close() {
    // The server is shared with other folders, and closed by whoever opened it.
  }
}

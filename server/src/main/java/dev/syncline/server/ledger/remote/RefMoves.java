package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.ProposalBranch.Move;
import dev.syncline.core.port.ProposalBranch.Place;
import dev.syncline.core.port.RemoteBranch.Pushed;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * Moves refs on a host that are where they are expected to be, forward or not; the host makes sure
 * that nobody was faster. Confined to one thread.
 */
final class RefMoves {

  private final Repository here;
  private final RemoteSpec spec;
  private final Function<Place, String> names;
  private final FetchProgress listener;

  RefMoves(
      Repository here, RemoteSpec spec, Function<Place, String> names, FetchProgress listener) {
    this.here = here;
    this.spec = spec;
    this.names = names;
    this.listener = listener;
  }

  Map<Place, Pushed> run(Talk talk, List<Move> moves) {
    var ended = new EnumMap<Place, Pushed>(Place.class);
    PushConnection connection = talk.pushing();
    try (connection) {
      var updates = new EnumMap<Place, RemoteRefUpdate>(Place.class);
      for (Move move : moves) {
        ObjectId there =
            Optional.ofNullable(connection.getRef(names.apply(move.place())))
                .map(Ref::getObjectId)
                .orElse(ObjectId.zeroId());
        if (there.equals(id(move.commit()))) {
          ended.put(move.place(), new Pushed.Done());
        } else if (there.equals(id(move.expected()))) {
          updates.put(move.place(), update(move));
        } else {
          ended.put(move.place(), new Pushed.Moved());
        }
      }
      if (!updates.isEmpty()) {
        var named = new HashMap<String, RemoteRefUpdate>();
        updates.values().forEach(update -> named.put(update.getRemoteName(), update));
        connection.push(new Progress(listener), named);
        updates.forEach((place, update) -> ended.put(place, outcome(connection, update)));
      }
      return ended;
    } catch (TransportException | RuntimeException e) {
      throw talk.failure(e, TalkFailure.Phase.TRANSFER);
    } catch (IOException e) {
      throw new SyncException.Unavailable("what is sent to " + spec.url() + " can't be read", e);
    }
  }

  private RemoteRefUpdate update(Move move) throws IOException {
    return new RemoteRefUpdate(
        here, null, id(move.commit()), names.apply(move.place()), true, null, id(move.expected()));
  }

  private static Pushed outcome(PushConnection connection, RemoteRefUpdate update) {
    return switch (update.getStatus()) {
      case OK, UP_TO_DATE, NON_EXISTING -> new Pushed.Done();
      case REJECTED_REMOTE_CHANGED -> new Pushed.Moved();
      case REJECTED_NONFASTFORWARD,
          REJECTED_OTHER_REASON,
          REJECTED_NODELETE,
          NOT_ATTEMPTED,
          AWAITING_REPORT -> {
        connection.close(); // All that the host says is here only then.
        String said = HostWords.of(String.valueOf(connection.getMessages()));
        String why = HostWords.of(Optional.ofNullable(update.getMessage()).orElse("no reason"));
        yield new Pushed.Refused(said.isEmpty() ? why : why + ": " + said);
      }
    };
  }

  private static ObjectId id(Optional<CommitId> commit) {
    return commit.map(it -> ObjectId.fromString(it.hex())).orElse(ObjectId.zeroId());
  }
}

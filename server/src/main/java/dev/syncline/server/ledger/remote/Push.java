package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.port.RemoteBranch.Pushed;
import dev.syncline.server.ledger.RemoteHistory;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/**
 * Moves a branch on its host from one commit to another that continues it. The host makes sure that
 * nobody was faster: the expected commit goes with the command.
 */
final class Push {

  private final RemoteHistory ledger;
  private final RemoteSpec spec;
  private final InstantSource clock;
  private final FetchProgress listener;

  Push(RemoteHistory ledger, RemoteSpec spec, InstantSource clock, FetchProgress listener) {
    this.ledger = ledger;
    this.spec = spec;
    this.clock = clock;
    this.listener = listener;
  }

  Pushed run(ObjectId commit, Optional<ObjectId> expected) {
    if (spec.url().scheme() == RemoteUrl.Scheme.FOLDER) {
      Optional<String> refusal = LocalFolder.of(spec.url()).refusal(spec.remoteRef());
      if (refusal.isPresent()) {
        return new Pushed.Refused(refusal.get());
      }
    }
    try (var talk = Talk.with(spec, ledger.repository(), clock)) {
      PushConnection connection = talk.pushing();
      try (connection) {
        Optional<ObjectId> there =
            Optional.ofNullable(connection.getRef(spec.remoteRef())).map(Ref::getObjectId);
        if (there.isPresent() && there.get().equals(commit)) {
          // An earlier push whose answer was lost, or nothing to do.
          return new Pushed.Done();
        }
        return there.equals(expected)
            ? send(talk, connection, commit, expected)
            : new Pushed.Moved();
      }
    }
  }

  private Pushed send(
      Talk talk, PushConnection connection, ObjectId commit, Optional<ObjectId> expected) {
    try {
      var update =
          new RemoteRefUpdate(
              ledger.repository(),
              null,
              commit,
              spec.remoteRef(),
              false, // never a force
              null,
              expected.orElse(ObjectId.zeroId()));
      connection.push(new Progress(listener), Map.of(spec.remoteRef(), update));
      return outcome(connection, update, commit, expected);
    } catch (TooLargePackException | TooLargeObjectInPackException e) {
      return new Pushed.Refused(HostWords.of(String.valueOf(e.getMessage())));
    } catch (TransportException | RuntimeException e) {
      throw talk.failure(e, TalkFailure.Phase.TRANSFER);
    } catch (IOException e) {
      throw new SyncException.Unavailable("the ledger can't be read for " + spec.url(), e);
    }
  }

  private Pushed outcome(
      PushConnection connection,
      RemoteRefUpdate update,
      ObjectId commit,
      Optional<ObjectId> expected) {
    return switch (update.getStatus()) {
      case OK, UP_TO_DATE -> new Pushed.Done();
      case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD -> new Pushed.Moved();
      case REJECTED_OTHER_REASON,
          REJECTED_NODELETE,
          NON_EXISTING,
          NOT_ATTEMPTED,
          AWAITING_REPORT -> {
        connection.close(); // All that the host says is here only then.
        String said = HostWords.of(String.valueOf(connection.getMessages()));
        String why = HostWords.of(Optional.ofNullable(update.getMessage()).orElse("no reason"));
        yield refusal(said.isEmpty() ? why : why + ": " + said, commit, expected);
      }
    };
  }

  /**
   * A host says in its own words only why it did not move a branch: because somebody was faster, or
   * for good. So look what the branch is now.
   */
  private Pushed refusal(String reason, ObjectId commit, Optional<ObjectId> expected) {
    Optional<ObjectId> now = new Fetch(ledger, spec, clock, listener).look();
    if (now.isPresent() && now.get().equals(commit)) {
      return new Pushed.Done();
    }
    return now.equals(expected) ? new Pushed.Refused(reason) : new Pushed.Moved();
  }
}

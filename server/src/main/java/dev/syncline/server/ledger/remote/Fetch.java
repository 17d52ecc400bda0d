package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.ledger.RemoteHistory;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackParser;

/**
 * Brings one branch into the ledger's repository: all of it, checked and durable, or nothing. One
 * at a time for a link.
 */
final class Fetch {

  private final RemoteHistory ledger;
  private final RemoteSpec spec;
  private final InstantSource clock;
  private final FetchProgress listener;

  Fetch(RemoteHistory ledger, RemoteSpec spec, InstantSource clock, FetchProgress listener) {
    this.ledger = ledger;
    this.spec = spec;
    this.clock = clock;
    this.listener = listener;
  }

  /** The branch's newest commit, which is here now; empty if there is no such branch. */
  Optional<ObjectId> run() {
    stopIfToldTo();
    try (var quarantine = Quarantine.open(ledger, spec.link(), spec.limits());
        var talk = Talk.with(spec, quarantine.repository(), clock);
        FetchConnection connection = talk.fetching()) {
      Ref branch = connection.getRef(spec.remoteRef());
      ObjectId tip = branch == null ? null : branch.getObjectId();
      if (branch == null || tip == null) {
        return Optional.empty();
      }
      if (!isHere(tip)) {
        bring(talk, connection, branch, quarantine.repository());
        letIn(talk, tip, quarantine);
      }
      ledger.see(spec.link(), tip);
      return Optional.of(tip);
    } catch (IOException e) {
      throw new SyncException.Unavailable(
          "what " + spec.url() + " sends can't be stored now: " + e.getMessage(), e);
    }
  }

  /** The branch's newest commit, which may not be here. */
  Optional<ObjectId> look() {
    try (var talk = Talk.with(spec, ledger.repository(), clock);
        FetchConnection connection = talk.fetching()) {
      return Optional.ofNullable(connection.getRef(spec.remoteRef())).map(Ref::getObjectId);
    }
  }

  /** Whether there is nothing to fetch: the commit is here, and all of its history. */
  private boolean isHere(ObjectId tip) throws IOException {
    if (!ledger.repository().getObjectDatabase().has(tip)) {
      return false;
    }
    List<ObjectId> complete = ledger.complete();
    if (complete.contains(tip)) {
      return true;
    }
    try {
      checkConnected(ledger.repository(), tip, complete);
      return true;
    } catch (MissingObjectException e) {
      return false;
    }
  }

  private void bring(Talk talk, FetchConnection connection, Ref branch, IncomingRepository incoming)
      throws IOException {
    try {
      connection.fetch(new Progress(listener), List.of(branch), new HashSet<>(ledger.complete()));
    } catch (TransportException | RuntimeException e) {
      throw failure(talk, incoming.pack(), e);
    }
    stopIfToldTo(); // JGit may have stopped in the middle, and not said so.
  }

  private void stopIfToldTo() {
    if (Thread.currentThread().isInterrupted()) {
      throw new SyncException.Unavailable("stopped before all of " + spec.url() + " was fetched");
    }
  }

  /** Looks at what came as a whole, and lets it into the ledger. */
  private void letIn(Talk talk, ObjectId tip, Quarantine quarantine) throws IOException {
    IncomingRepository incoming = quarantine.repository();
    if (!incoming.getObjectDatabase().getShallowCommits().isEmpty()) {
      throw new SyncException.Invalid(
          spec.url() + " is a shallow clone that lacks its older history: link the whole one");
    }
    try (ObjectReader objects = incoming.newObjectReader()) {
      checkConnected(incoming, tip, ledger.complete());
      talk.checks().checkSubmodules(objects);
    } catch (LargeObjectException
        | MissingObjectException
        | IncorrectObjectTypeException
        | CorruptObjectException e) {
      throw refused("something is missing in it or isn't what it should be", e);
    }
    quarantine.release();
    if (!ledger.repository().getObjectDatabase().has(tip)) {
      throw new IOException("the ledger doesn't see what was put into it");
    }
  }

  /** Throws a MissingObjectException if anything of the commit's history is not there. */
  private static void checkConnected(Repository in, ObjectId tip, List<ObjectId> complete)
      throws IOException {
    try (var walk = new ObjectWalk(in)) {
      walk.setRetainBody(false);
      walk.markStart(walk.parseCommit(tip));
      for (ObjectId known : complete) {
        walk.markUninteresting(walk.parseAny(known));
      }
      walk.checkConnectivity();
    }
  }

  private SyncException failure(Talk talk, PackStream pack, Exception thrown) {
    if (pack.end() == PackStream.End.TOO_LARGE
        || TalkFailure.find(thrown, TooLargeObjectInPackException.class).isPresent()) {
      return new SyncException.Invalid(
          spec.url()
              + " sends more than this link may take ("
              + spec.limits().packBytes()
              + " bytes at once, "
              + spec.limits().objectBytes()
              + " in one file): raise the limits if that is right",
          thrown);
    }
    if (pack.end() == PackStream.End.NOT_SEEN && isBad(thrown)) {
      return refused(String.valueOf(thrown.getMessage()), thrown);
    }
    return talk.failure(thrown, TalkFailure.Phase.TRANSFER);
  }

  /**
   * Whether what came is to blame, and not our disk. JGit's parser says some of it in no class of
   * its own; but it throws it itself, as the system does with what befalls the disk.
   */
  private static boolean isBad(Exception thrown) {
    if (TalkFailure.find(thrown, CorruptObjectException.class).isPresent()
        || TalkFailure.find(thrown, MissingObjectException.class).isPresent()) {
      return true;
    }
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    StackTraceElement[] from = cause.getStackTrace();
    return from.length > 0 && from[0].getClassName().startsWith(PackParser.class.getName());
  }

  private SyncException refused(String why, Exception cause) {
    return new SyncException.Corrupt(
        spec.url()
            + " sends what no repository should hold, and nothing of it was kept: "
            + HostWords.of(why)
            + ". Let its owner look with \"git fsck\"",
        cause);
  }
}

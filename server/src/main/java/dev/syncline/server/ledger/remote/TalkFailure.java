package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;

/** Finds out what went wrong in a talk, from what was thrown and never from its text. */
final class TalkFailure {

  /** How far a talk had come. */
  enum Phase {
    /** The host had not yet said what it has: it may not want to talk to us at all. */
    GREETING,
    /** It had: whatever breaks now may work the next time. */
    TRANSFER
  }

  private TalkFailure() {}

  /**
   * @param words what the host said beside the protocol
   */
  static SyncException of(RemoteSpec spec, Exception thrown, Phase phase, String words) {
    if (Thread.currentThread().isInterrupted()) {
      return new SyncException.Unavailable("stopped in the middle of a talk with " + spec.url());
    }
    Optional<SyncException> known = find(thrown, SyncException.class);
    if (known.isPresent()) {
      return known.get();
    }
    if (isKeyRefused(thrown)) {
      return new SyncException.Denied(
          spec.url()
              + " doesn't accept the key from "
              + from(spec.credentials())
              + ": give its owner the public key that belongs to it (syncline ssh show)",
          thrown);
    }
    if (phase == Phase.GREETING) {
      Optional<SyncException> unwanted = unwanted(spec, thrown, HostWords.of(words));
      if (unwanted.isPresent()) {
        return unwanted.get();
      }
    }
    String said = HostWords.of(words);
    return new SyncException.Unavailable(
        spec.url() + reason(thrown) + (said.isEmpty() ? "" : "; it says: " + said), thrown);
  }

  static <T> Optional<T> find(Throwable thrown, Class<T> type) {
    Throwable at = thrown;
    // A chain may loop; none of an honest library is that long.
    for (int depth = 0; at != null && depth < 50; depth++) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
      at = at.getCause();
    }
    return Optional.empty();
  }

  private static boolean isKeyRefused(Exception thrown) {
    return find(thrown, SshException.class)
        .filter(ssh ->
            ssh.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE)
        .isPresent();
  }

  /** The host answered, and doesn't want us. */
  private static Optional<SyncException> unwanted(RemoteSpec spec, Exception thrown, String said) {
    Optional<RemoteRepositoryException> error = find(thrown, RemoteRepositoryException.class);
    if (error.isPresent()) {
      String answer = HostWords.of(String.valueOf(error.get().getMessage()));
      return Optional.of(new SyncException.Denied(spec.url() + " refuses: " + answer, thrown));
    }
    boolean ended =
        thrown instanceof NoRemoteRepositoryException
            || (thrown instanceof TransportException && thrown.getSuppressed().length > 0);
    if (ended && !said.isEmpty()) {
      return Optional.of(
          new SyncException.Denied(
              spec.url()
                  + " refuses: "
                  + said
                  + " (there may be no such repository, or the key from "
                  + from(spec.credentials())
                  + " may not use it)",
              thrown));
    }
    return Optional.empty();
  }

  private static String reason(Exception thrown) {
    if (find(thrown, UnknownHostException.class).isPresent()) {
      return " can't be reached: its host's name is not known";
    }
    if (find(thrown, ConnectException.class).isPresent()
        || find(thrown, NoRouteToHostException.class).isPresent()) {
      return " can't be reached: nobody answers there";
    }
    if (find(thrown, InterruptedIOException.class).isPresent()
        || find(thrown, TimeoutException.class).isPresent()) {
      return " didn't answer in time";
    }
    if (find(thrown, SSLException.class).isPresent()) {
      return " can't be trusted: " + deepest(thrown) + "; look at its certificate";
    }
    return " broke off: " + deepest(thrown);
  }

  private static String deepest(Throwable thrown) {
    Throwable at = thrown;
    for (int depth = 0; at.getCause() != null && depth < 50; depth++) {
      at = at.getCause();
    }
    String message = at.getMessage();
    return at instanceof IOException && message != null
        ? HostWords.of(message)
        : at.getClass().getSimpleName();
  }

  private static String from(Credentials credentials) {
    return switch (credentials) {
      case Credentials.None none -> "nowhere";
      case Credentials.Token token -> token.from();
      case Credentials.SshKey key -> key.from();
    };
  }
}

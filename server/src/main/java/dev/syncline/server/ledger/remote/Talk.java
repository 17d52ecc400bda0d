package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.File;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;

/**
 * One talk with a host: JGit's transport with what the link has to open doors, and what its
 * failures mean. Confined to one thread.
 */
final class Talk implements AutoCloseable {

  private final RemoteSpec spec;
  private final Transport transport;
  private final Optional<SshConnections> ssh;
  private final IncomingObjects checks = new IncomingObjects();

  private Talk(RemoteSpec spec, Transport transport, Optional<SshConnections> ssh) {
    this.spec = spec;
    this.transport = transport;
    this.ssh = ssh;
    transport.setObjectChecker(checks);
  }

  /**
   * Prepares to talk; nothing is sent yet.
   *
   * @param repository whose objects are sent, or where they are put
   */
  static Talk with(RemoteSpec spec, Repository repository, InstantSource clock) {
    Transport transport = transport(spec.url(), repository);
    transport.setTagOpt(TagOpt.NO_TAGS);
    transport.setFetchThin(true);
    transport.setTimeout(Math.toIntExact(Math.max(1, spec.limits().silence().toSeconds())));
    if (transport instanceof TransportHttp http) {
      var verdict = new HttpVerdict(spec.url(), spec.credentials(), clock);
      http.setHttpConnectionFactory(new GuardedHttp(spec.url(), verdict, spec.limits()));
    }
    Optional<SshConnections> ssh =
        switch (spec.credentials()) {
          case Credentials.None none -> Optional.empty();
          case Credentials.Token token -> {
            ((TransportHttp) transport)
                .setPreemptiveBasicAuthentication(token.username(), token.current());
            yield Optional.empty();
          }
          case Credentials.SshKey key -> {
            File home = repository.getDirectory();
            var connections = new SshConnections(spec.url(), key, spec.limits(), home);
            ((SshTransport) transport).setSshSessionFactory(connections);
            yield Optional.of(connections);
          }
        };
    return new Talk(spec, transport, ssh);
  }

  /** Asks what the branch is; the connection can then bring it. */
  FetchConnection fetching() {
    return fetching(List.of(new RefSpec(spec.remoteRef())));
  }

  /** What a fetch brings of a commit's files. */
  enum Bring {
    NAMES,
    NAMES_AND_CONTENTS
  }

  /**
   * Asks what some branches are; the connection can then bring their commits.
   *
   * @param depth how many commits of each; all if empty
   */
  FetchConnection fetching(List<RefSpec> branches, Optional<Integer> depth, Bring what) {
    if (what == Bring.NAMES) {
      try {
        transport.setFilterSpec(FilterSpec.fromFilterLine("blob:none"));
      } catch (PackProtocolException e) {
        throw new IllegalStateException("JGit knows all filters of Git", e);
      }
    }
    depth.ifPresent(transport::setDepth);
    return fetching(branches);
  }

  /** Asks what some branches are; the connection can then bring them. */
  FetchConnection fetching(List<RefSpec> branches) {
    try {
      return transport.openFetch(branches);
    } catch (NotSupportedException | TransportException | RuntimeException e) {
      throw failure(e, TalkFailure.Phase.GREETING);
    }
  }

  /** Asks what the branch is, and for leave to move it. */
  PushConnection pushing() {
    // Files go as deltas against versions that the host has; JGit sends them whole by itself.
    transport.setPushThin(true);
    if (spec.url().scheme() == RemoteUrl.Scheme.FOLDER) {
      LocalFolder.of(spec.url()).runItsHooks(transport);
    }
    try {
      return transport.openPush();
    } catch (NotSupportedException | TransportException | RuntimeException e) {
      throw failure(e, TalkFailure.Phase.GREETING);
    }
  }

  /** Looks at what comes. */
  IncomingObjects checks() {
    return checks;
  }

  /** What a failure of the transport means. */
  SyncException failure(Exception cause, TalkFailure.Phase phase) {
    return ssh.flatMap(SshConnections::refusal)
        .orElseGet(
            () -> TalkFailure.of(spec, cause, phase, ssh.map(SshConnections::words).orElse("")));
  }

  @Override
  public void close() {
    transport.close();
    ssh.ifPresent(SshConnections::close);
  }

  private static Transport transport(RemoteUrl url, Repository repository) {
    try {
      return url.scheme() == RemoteUrl.Scheme.FOLDER
          ? Transport.open(repository, LocalFolder.of(url).forJgit())
          : Transport.open(repository, url.forJgit());
    } catch (NotSupportedException | TransportException e) {
      throw new SyncException.Invalid(url + " can't be used: " + e.getMessage(), e);
    }
  }
}

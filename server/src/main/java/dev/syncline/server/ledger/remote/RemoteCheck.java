package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.CommitId;
import dev.syncline.core.model.Finding;
import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether a repository elsewhere can be reached and lets us in; changes nothing. */
public final class RemoteCheck {

  private static final Duration FAST = Duration.ofSeconds(30);
  private static final Duration WRONG = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RemoteSpec spec;
  private final InstantSource clock;

  private RemoteCheck(RemoteSpec spec, InstantSource clock) {
    this.spec = spec;
    this.clock = clock;
  }

  /**
   * Everything that can be told.
   *
   * @param branch to the same repository
   */
  public static List<Finding> of(GitRemoteBranch branch, RemoteSpec spec, InstantSource clock) {
    var check = new RemoteCheck(spec, clock);
    var findings = new ArrayList<Finding>();
    check.known().ifPresent(findings::add);
    findings.add(check.look(branch));
    check.time().ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> known() {
    if (!(spec.credentials() instanceof Credentials.SshKey key)) {
      return Optional.empty();
    }
    String host = spec.url().hostAndPort();
    try {
      return Optional.of(
          new HostKeys(spec.url(), key.hosts()).isKnown()
              ? Finding.ok("known hosts", host + " is in " + key.hosts().file())
              : Finding.wrong(
                  "known hosts",
                  host + " is not in " + key.hosts().file(),
                  "syncline ssh trust " + host));
    } catch (IOException e) {
      return Optional.of(
          Finding.wrong(
              "known hosts",
              key.hosts().file() + " can't be read: " + e.getMessage(),
              "Let this user read it."));
    }
  }

  private Finding look(GitRemoteBranch branch) {
    String name = "branch " + spec.branch() + " of " + spec.url();
    try {
      return branch
          .look()
          .map(CommitId::brief)
          .map(tip -> Finding.ok("repository", name + " is at " + tip))
          .orElseGet(
              () -> Finding.ok("repository", name + " is not there yet: the first push makes it"));
    } catch (SyncException e) {
      return Finding.wrong("repository", String.valueOf(e.getMessage()), remedy(e));
    }
  }

  private String remedy(SyncException e) {
    return switch (e) {
      case SyncException.Denied _ ->
          switch (spec.credentials()) {
            case Credentials.None _ -> "Give the link a token-file or an ssh-key.";
            case Credentials.Token _ ->
                "Put a token into the link's token-file that may read and write this repository.";
            case Credentials.SshKey _ ->
                "Give the host the public key (syncline ssh show), with leave to write; trust the"
                    + " host (syncline ssh trust "
                    + spec.url().hostAndPort()
                    + ").";
          };
      case SyncException.Unavailable _ ->
          "Check the network and the address. It is tried again by itself.";
      case SyncException.Invalid _ -> "Change the link: syncline workspace show, then add.";
      case SyncException.Corrupt _ -> "Let the repository's owner run git fsck.";
    };
  }

  /** What the host's clock says; empty if it tells no time. */
  private Optional<Finding> time() {
    if (!spec.url().isHttp()) {
      return Optional.empty();
    }
    URI host =
        URI.create(
            (spec.url().scheme() == RemoteUrl.Scheme.HTTP ? "http://" : "https://")
                + spec.url().hostAndPort()
                + "/");
    var request = HttpRequest.newBuilder(host).method("HEAD", HttpRequest.BodyPublishers.noBody());
    try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return client
          .send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue("Date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
          .map(this::compared);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException | DateTimeException e) {
      return Optional.empty(); // Whether it can be reached is another finding's question.
    }
  }

  private Finding compared(Instant theirs) {
    Duration apart = Duration.between(theirs, clock.instant()).abs();
    String sentence =
        "this machine's and " + spec.url().host() + "'s differ by " + apart.toSeconds() + " s";
    String remedy = "Switch on time synchronization (timedatectl set-ntp true).";
    if (apart.compareTo(WRONG) > 0) {
      return Finding.wrong("clock", sentence, remedy);
    }
    return apart.compareTo(FAST) > 0
        ? Finding.warning("clock", sentence, remedy)
        : Finding.ok("clock", sentence);
  }
}

package dev.syncline.server.ledger.remote;

import dev.syncline.core.model.SyncException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.eclipse.jgit.transport.http.HttpConnection;

/**
 * What an answer over http means for us, by RFC 9110 and the habits of Git hosts (GitHub's rate
 * limits: docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). Thread-safe.
 */
final class HttpVerdict {

  /** No host means to be left alone for longer, whatever its header says. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final RemoteUrl remote;
  private final Credentials credentials;
  private final InstantSource clock;

  HttpVerdict(RemoteUrl remote, Credentials credentials, InstantSource clock) {
    this.remote = remote;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** Throws what the answer means, unless JGit can go on with it. */
  void check(int status, HttpConnection answer) {
    if (status >= 300 && status < 400) {
      return;
    }
    if (status == 200) {
      checkSmart(answer);
      return;
    }
    String said = remote + " answers " + status;
    Optional<Instant> notBefore = notBefore(answer);
    if (status == 429 || status >= 500 || (status == 403 && notBefore.isPresent())) {
      throw unavailable(status >= 500 ? said : said + ": too many requests", notBefore);
    }
    throw switch (status) {
      case 401 -> new SyncException.Denied(unauthorized());
      case 403 -> new SyncException.Denied(forbidden());
      case 404, 410 -> notFound(said);
      case 413 ->
          new SyncException.Invalid(
              said + ": it doesn't take that much at once; its owner has to allow larger pushes");
      default -> unavailable(said, notBefore);
    };
  }

  /**
   * Only Git's own protocol: the older one, plain files, brings objects that nobody has looked at.
   */
  private void checkSmart(HttpConnection answer) {
    String type = Optional.ofNullable(answer.getContentType()).orElse("nothing that it names");
    if (!type.startsWith("application/x-git-")) {
      throw new SyncException.Invalid(
          remote + " is no Git repository: it answers with " + type + ". Is the address right?");
    }
  }

  private String unauthorized() {
    return switch (credentials) {
      case Credentials.Token token ->
          remote
              + " doesn't accept the token from "
              + token.from()
              + ": it may have expired or been revoked; put a new one there";
      case Credentials.None none ->
          remote + " asks for credentials: give the link a token that may read and write it";
      case Credentials.SshKey key -> throw new IllegalStateException("a key over http");
    };
  }

  private String forbidden() {
    return switch (credentials) {
      case Credentials.Token token ->
          remote
              + " doesn't allow it with the token from "
              + token.from()
              + ": give the token access to this repository, to write if we push";
      case Credentials.None none ->
          remote + " doesn't allow it without credentials: give the link a token";
      case Credentials.SshKey key -> throw new IllegalStateException("a key over http");
    };
  }

  /** Hosts hide what a token may not see behind "not found". */
  private SyncException notFound(String said) {
    return credentials instanceof Credentials.Token token
        ? new SyncException.Denied(
            said
                + ": there is no such repository, or the token from "
                + token.from()
                + " may not see it")
        : new SyncException.Invalid(said + ": there is no such repository");
  }

  private static SyncException unavailable(String said, Optional<Instant> notBefore) {
    return notBefore.isPresent()
        ? new SyncException.Unavailable(
            said + ", and asks to wait until " + notBefore.get(),
            new IOException(said),
            notBefore.get())
        : new SyncException.Unavailable(said);
  }

  private Optional<Instant> notBefore(HttpConnection answer) {
    Instant longest = clock.instant().plus(LONGEST_WAIT);
    return header(answer, "Retry-After")
        .flatMap(this::retryAfter)
        .or(() ->
            header(answer, "X-RateLimit-Remaining")
                .filter("0"::equals)
                .flatMap(none -> header(answer, "X-RateLimit-Reset"))
                .flatMap(HttpVerdict::seconds)
                .map(Instant::ofEpochSecond))
        .map(moment -> moment.isAfter(longest) ? longest : moment);
  }

  /** Seconds from now, or a date. */
  private Optional<Instant> retryAfter(String text) {
    return seconds(text).map(clock.instant()::plusSeconds).or(() -> date(text));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** At most twelve digits, so that no sum with them can overflow. */
  private static Optional<Long> seconds(String text) {
    return text.matches("[0-9]{1,12}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static Optional<String> header(HttpConnection answer, String name) {
    return Optional.ofNullable(answer.getHeaderField(name)).map(String::strip);
  }
}

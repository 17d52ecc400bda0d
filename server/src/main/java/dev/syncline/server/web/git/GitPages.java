package dev.syncline.server.web.git;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.AdminAccess;
import dev.syncline.server.view.Clones;
import dev.syncline.server.web.api.TooLongException;
import dev.syncline.server.web.connect.Presented;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /git/WORKSPACE}: lets Git clients clone and fetch ledgers, for whoever holds an
 * administration token. Each request is answered on a virtual thread of its own. Errors are plain
 * text, which Git shows to people. Thread-safe.
 */
public final class GitPages {

  private static final Logger LOG = LoggerFactory.getLogger(GitPages.class);

  private static final String ROOT = "/git/";
  private static final String FETCH = "git-upload-pack";
  private static final String PUSH = "git-receive-pack";

  /** A history is read and counted, maybe for minutes, before the first byte of it can be sent. */
  private static final long IDLE_MILLIS = Duration.ofMinutes(10).toMillis();

  private static final int OUTPUT_BUFFER_BYTES = 32 << 10;

  private final AdminAccess access;
  private final Clones clones;
  private final Semaphore places;
  private final Duration patience;

  /** How many clients are served at once, and how long the next ones wait for their turn. */
  public record Limits(int atOnce, Duration patience) {

    /** A clone keeps a core busy and the ids of a whole history in memory. */
    public static final Limits USUAL = new Limits(4, Duration.ofSeconds(20));
  }

  public GitPages(AdminAccess access, Clones clones, Limits limits) {
    this.access = access;
    this.clones = clones;
    this.places = new Semaphore(limits.atOnce(), true);
    this.patience = limits.patience();
  }

  /** Whether a path belongs to it. */
  public static boolean knows(String path) {
    return path.startsWith(ROOT);
  }

  /** Answers sooner or later; returns at once. */
  public void handle(Request request, Response response, Callback callback) {
    Thread.ofVirtual()
        .name("git")
        .start(() -> {
          try {
            answer(GitRequest.of(request, ROOT), response);
            callback.succeeded();
          } catch (IOException | RuntimeException e) {
            // Jetty cuts the connection: part of a history must not look like all of it.
            callback.failed(e);
          }
        });
  }

  private void answer(GitRequest request, Response response) throws IOException {
    try {
      Optional<Refusal> refusal = refusal(request);
      if (refusal.isPresent()) {
        refuse(refusal.get(), response);
      } else if (request.what().equals(FETCH)) {
        upload(request, response);
      } else {
        advertise(request, response);
      }
    } catch (SyncException e) {
      if (e instanceof SyncException.Corrupt) {
        LOG.atError().addKeyValue("workspace", request.workspace()).log(e.getMessage());
      }
      instead(of(e), response, e);
    } catch (TooLongException e) {
      instead(
          new Refusal(413, String.valueOf(e.getMessage()), Map.of("Connection", "close")),
          response,
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a request of a Git client met a bug");
      instead(new Refusal(500, "the server met a bug; its log has the details"), response, e);
    }
  }

  /** What stands in the way of a request, if anything does. */
  private Optional<Refusal> refusal(GitRequest request) {
    String token =
        Presented.password(request.request())
            .or(() -> Presented.bearer(request.request()))
            .orElse("");
    AdminAccess.Decision decision = access.decide(token);
    if (decision == AdminAccess.Decision.UNKNOWN) {
      return Optional.of(
          new Refusal(
              401,
              "a token of scope admin is needed: give any user name, and the token as password",
              Map.of("WWW-Authenticate", "Basic realm=\"Syncline\", charset=\"UTF-8\"")));
    }
    if (decision == AdminAccess.Decision.NOT_ENOUGH) {
      return Optional.of(new Refusal(403, "this token is not for administration"));
    }
    boolean isPush =
        request.what().equals(PUSH) || request.service().filter(PUSH::equals).isPresent();
    if (isPush) {
      return Optional.of(
          new Refusal(
              403,
              "Syncline writes this history itself, and nobody else can push to it: change the "
                  + "files at a place that is linked to the workspace"));
    }
    if (request.is("GET", "info/refs") && request.service().isEmpty()) {
      return Optional.of(
          new Refusal(403, "only Git's smart protocol is spoken here: unset GIT_SMART_HTTP"));
    }
    boolean isFetch =
        request.is("POST", FETCH)
            || (request.is("GET", "info/refs") && request.service().get().equals(FETCH));
    return isFetch
        ? Optional.empty()
        : Optional.of(new Refusal(404, "there is nothing here: git clone takes .../git/WORKSPACE"));
  }

  private void advertise(GitRequest request, Response response) throws IOException {
    begin(response, "advertisement");
    OutputStream out = output(response);
    clones.advertise(request.name(), request.protocol(), out);
    out.close();
  }

  private void upload(GitRequest request, Response response)
      throws IOException, InterruptedException {
    if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      refuse(
          new Refusal(
              503, "too many clients fetch at once: try again", Map.of("Retry-After", "30")),
          response);
      return;
    }
    try {
      takeYourTime(request.request());
      begin(response, "result");
      OutputStream out = output(response);
      clones.upload(request.name(), request.protocol(), request.body(), out);
      // Not if it fails: the end of an answer says that it is whole.
      out.close();
    } finally {
      places.release();
    }
  }

  private static void takeYourTime(Request request) {
    request.addIdleTimeoutListener(timeout -> false);
    request.getConnectionMetaData().getConnection().getEndPoint().setIdleTimeout(IDLE_MILLIS);
  }

  private static void begin(Response response, String what) {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-" + FETCH + "-" + what);
  }

  private static OutputStream output(Response response) {
    return new BufferedOutputStream(Content.Sink.asOutputStream(response), OUTPUT_BUFFER_BYTES);
  }

  /** A sentence in place of what was asked for. */
  private record Refusal(int status, String sentence, Map<String, String> headers) {
    Refusal(int status, String sentence) {
      this(status, sentence, Map.of());
    }
  }

  private static Refusal of(SyncException failure) {
    String sentence = String.valueOf(failure.getMessage());
    return switch (failure) {
      case SyncException.Invalid _ -> new Refusal(404, sentence);
      case SyncException.Denied _ -> new Refusal(403, sentence);
      case SyncException.Unavailable _ -> new Refusal(503, sentence, Map.of("Retry-After", "5"));
      case SyncException.Corrupt _ -> new Refusal(500, sentence);
    };
  }

  private static void instead(Refusal refusal, Response response, Exception cause)
      throws IOException {
    if (response.isCommitted()) {
      throw new IOException("cut short", cause);
    }
    response.reset();
    refuse(refusal, response);
  }

  private static void refuse(Refusal refusal, Response response) throws IOException {
    response.setStatus(refusal.status());
    refusal.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      out.write((refusal.sentence() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}

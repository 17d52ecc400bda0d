package dev.syncline.server.web.api;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.port.IssuedTokens;
import dev.syncline.server.compress.DeltaCoding;
import dev.syncline.server.compress.WrongVersionException;
import dev.syncline.server.compress.ZstdCoding;
import dev.syncline.server.view.AdminAccess;
import dev.syncline.server.view.Archive;
import dev.syncline.server.view.Documents;
import dev.syncline.server.web.api.Answer.Kind;
import dev.syncline.server.web.connect.Presented;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What people and scripts may ask of a running server, for whoever holds an administration token.
 * Each request is answered on a virtual thread of its own, so that a long backup holds up nobody.
 * Thread-safe.
 */
public final class AdminApi {

  /** All paths of the API begin with it. */
  public static final String ROOT = "/api/v1/";

  /** Where callers of old come. */
  static final String OLD_ROOT = "/api/";

  private static final Set<String> OLD = Set.of("/api/sync", "/api/sync/webhook");

  private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);

  private static final long IDLE_MILLIS = Duration.ofMinutes(10).toMillis();

  private final AdminAccess access;
  private final DocumentCalls documents;
  private final TokenCalls tokens;
  private final ArchiveCalls archive;
  private final WorkspaceCalls workspaces;
  private final FileCalls files;
  private final EventCalls events;
  private final HookCalls hooks;

  /** What it offers. */
  public record Offer(Documents documents, IssuedTokens tokens, Archive archive, Synced synced) {}

  public AdminApi(AdminAccess access, Offer offer, InstantSource time) {
    this.access = access;
    this.documents = new DocumentCalls(offer.documents());
    this.tokens = new TokenCalls(offer.tokens(), time);
    this.archive = new ArchiveCalls(offer.archive());
    var coded = new Coded(offer.synced());
    this.files = new FileCalls(offer.synced(), coded);
    this.events = new EventCalls(offer.synced().files());
    this.hooks = new HookCalls(offer.synced(), files);
    this.workspaces = new WorkspaceCalls(offer.synced().workspaces(), files, coded, this::within);
  }

  /** Whether a path belongs to it. */
  public static boolean knows(String path) {
    return path.startsWith(ROOT) || OLD.contains(path);
  }

  /** Ends answers that would go on for ever. */
  public void close() {
    events.close();
  }

  /** Answers sooner or later; returns at once. */
  public void handle(Request request, Response response, Callback callback) {
    Thread.ofVirtual()
        .name("admin-api")
        .start(() -> new Sender(response, callback).send(answer(request)));
  }

  private Answer answer(Request request) {
    try (var call = new Call(request)) {
      if (HookCalls.isSigned(call)) {
        return hooks.signed(call);
      }
      return switch (decide(request)) {
        case ALLOWED -> {
          takeYourTime(request);
          yield route(call);
        }
        case NOT_ENOUGH ->
            new Answer.Problem(403, Kind.DENIED, "this token is not for administration");
        case UNKNOWN ->
            new Answer.Problem(
                401,
                Kind.DENIED,
                "send a valid administration token as Authorization: Bearer",
                Map.of("WWW-Authenticate", "Bearer"));
      };
    } catch (TooLongException e) {
      return new Answer.Problem(
          413,
          Kind.INVALID,
          String.valueOf(e.getMessage()),
          // The rest of the body isn't read, so nothing can follow on this connection.
          Map.of("Connection", "close"));
    } catch (NoLengthException e) {
      return new Answer.Problem(411, Kind.INVALID, String.valueOf(e.getMessage()));
    } catch (UnknownCodingException | WrongVersionException e) {
      return new Answer.Problem(
          415,
          Kind.INVALID,
          String.valueOf(e.getMessage()),
          Map.of("Accept-Encoding", ZstdCoding.NAME + ", " + DeltaCoding.NAME));
    } catch (JacksonException e) {
      return new Answer.Problem(
          400, Kind.INVALID, "the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return new Answer.Problem(400, Kind.INVALID, "the body could not be read: " + e.getMessage());
    } catch (SyncException e) {
      return problem(e);
    } catch (RuntimeException e) {
      return bug(e);
    }
  }

  /**
   * A restore may work for minutes between the last byte that it reads and the first that it sends;
   * a client that can't be read from, or written to, for so long is still cut off.
   */
  private static void takeYourTime(Request request) {
    request.addIdleTimeoutListener(timeout -> false);
    request.getConnectionMetaData().getConnection().getEndPoint().setIdleTimeout(IDLE_MILLIS);
  }

  private AdminAccess.Decision decide(Request request) {
    return Presented.bearer(request).map(access::decide).orElse(AdminAccess.Decision.UNKNOWN);
  }

  private Answer route(Call call) throws IOException {
    return switch (call.path().getFirst()) {
      case "documents" -> documents.answer(call);
      case "tokens" -> tokens.answer(call);
      case "workspaces" -> workspaces.answer(call);
      case "sync" -> hooks.old(call);
      case "backup" -> call.path().size() == 1 ? archive.backup(call) : nowhere();
      case "backups" -> call.path().size() == 2 ? archive.finished(call) : nowhere();
      case "restore" -> call.path().size() == 1 ? archive.restore(call) : nowhere();
      default -> nowhere();
    };
  }

  /** What apps ask of a workspace. */
  private Answer within(Call call, WorkspaceName name, List<String> below) throws IOException {
    return switch (below.getFirst()) {
      case "files", "changes" -> files.answer(call, name, below);
      case "events" -> below.size() == 1 ? events.answer(call, name) : nowhere();
      case "signal" -> below.size() == 1 ? hooks.signal(call, name) : nowhere();
      default -> nowhere();
    };
  }

  private static Answer nowhere() {
    return Answer.notFound("the API has no such address");
  }

  /** What a failure means to whoever asked. */
  static Answer problem(SyncException failure) {
    String sentence = String.valueOf(failure.getMessage());
    return switch (failure) {
      case SyncException.Invalid e -> new Answer.Problem(400, Kind.INVALID, sentence);
      case SyncException.Denied e -> new Answer.Problem(403, Kind.DENIED, sentence);
      case SyncException.Unavailable e ->
          new Answer.Problem(503, Kind.UNAVAILABLE, sentence, Map.of("Retry-After", "5"));
      case SyncException.Corrupt e -> new Answer.Problem(500, Kind.CORRUPT, sentence);
    };
  }

  static Answer bug(RuntimeException e) {
    LOG.atError().setCause(e).log("a request to the administration API met a bug");
    return new Answer.Problem(
        500, Kind.BUG, "the server met a bug; its log has the details, please report it");
  }
}

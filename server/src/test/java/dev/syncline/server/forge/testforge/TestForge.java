package dev.syncline.server.forge.testforge;

import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.ledger.HttpBackend;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A forge with one repository, which Git clients fetch from and push to, and an API over the same
 * repository. Counts requests, and has the troubles that a test asks for. What the API is asked and
 * answers is held to the forge's own description; {@link #close} fails where it was not kept.
 */
public final class TestForge implements AutoCloseable {

  /** A person's token; for Git with any user. */
  public static final String TOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";

  public static final String NAME = "notes";

  private record Trouble(String part, Fault fault) {}

  private final Server server = new Server();
  private final ServerConnector connector;
  private final HttpBackend backend;
  private final TestRepository repository;
  private final TestPulls pulls;
  private final Api api;
  private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> gitRequests = new CopyOnWriteArrayList<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final List<String> named = new CopyOnWriteArrayList<>();
  private final List<String> wrong = new CopyOnWriteArrayList<>();

  /** Makes the API of a forge. */
  private interface Kind {
    Api of(String address, TestRepository repository, TestPulls pulls);
  }

  private TestForge(Path folder, InstantSource clock, Kind kind) {
    NativeGit.need("git");
    Path bare = NativeGit.bare(folder.resolve(TestPulls.OWNER).resolve(NAME + ".git"));
    this.repository = new TestRepository(bare);
    repository.git("config", "uploadpack.allowFilter", "true"); // As all of them do.
    this.pulls = new TestPulls(repository, clock);
    this.backend = new HttpBackend(folder);
    var http = new HttpConfiguration();
    http.setSendDateHeader(false); // Time is what the test says.
    http.setUriCompliance(UriCompliance.UNSAFE); // A slash in a name is %2F.
    this.connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            serve(new Exchange(request, response, callback));
            return true;
          }
        });
    try {
      server.start();
    } catch (Exception e) {
      throw new AssertionError("the test forge doesn't start", e);
    }
    this.api = kind.of(address(), repository, pulls);
  }

  /** One of a kind, with its repository in a folder. */
  public static TestForge of(ForgeKind kind, Path folder, InstantSource clock) {
    return switch (kind) {
      case GITHUB -> gitHub(folder, clock);
      case GITLAB -> gitLab(folder, clock);
      case GITEA -> gitea(folder, clock);
    };
  }

  /** GitHub, with its repository in a folder. */
  public static TestForge gitHub(Path folder, InstantSource clock) {
    return gitHub(folder, clock, new TestApp(clock));
  }

  /** GitHub, where an app is installed. */
  public static TestForge gitHub(Path folder, InstantSource clock, TestApp app) {
    return new TestForge(
        folder,
        clock,
        (address, repository, pulls) -> new GitHubApi(address, repository, pulls, app));
  }

  public static TestForge gitLab(Path folder, InstantSource clock) {
    return new TestForge(folder, clock, GitLabApi::new);
  }

  public static TestForge gitea(Path folder, InstantSource clock) {
    return new TestForge(folder, clock, GiteaApi::new);
  }

  /** Of the repository, as links have it. */
  public String url() {
    return address() + "/" + TestPulls.OWNER + "/" + NAME + ".git";
  }

  public URI api() {
    return URI.create(address() + api.root());
  }

  public TestRepository repository() {
    return repository;
  }

  public TestPulls pulls() {
    return pulls;
  }

  /** Puts a commit on top of a branch. */
  public String commit(String branch, String message, Map<String, String> files) {
    return NativeGit.commit(repository.path(), branch, message, files);
  }

  /** Method, path and query of each request to the API, in order. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The same of requests of Git clients. */
  public List<String> gitRequests() {
    return List.copyOf(gitRequests);
  }

  /** How many bytes Git clients sent. */
  public long received() {
    return backend.received();
  }

  /** Requests for commits that name an author or a committer, which GitHub does not sign. */
  public List<String> namedCommits() {
    return List.copyOf(named);
  }

  /** How many requests to the API were under way at once, at most. */
  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  public void forgetRequests() {
    requests.clear();
    gitRequests.clear();
  }

  /** Something befalls the next request whose method and path, as in requests(), have a text. */
  public void trouble(String part, Fault fault) {
    troubles.add(new Trouble(part, fault));
  }

  /** Whether every trouble has befallen a request. */
  public boolean isCalm() {
    return troubles.isEmpty();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new AssertionError("the test forge doesn't stop", e);
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError("not as the forge describes its API:\n" + String.join("\n", wrong));
    }
  }

  private String address() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  private void serve(Exchange exchange) throws IOException {
    String line = exchange.method() + " " + exchange.request().getHttpURI().getPathQuery();
    try {
      boolean isGit = exchange.path().contains(NAME + ".git/");
      (isGit ? gitRequests : requests).add(line);
      var victim = isGit ? new GitRequest(exchange) : new ApiRequest(exchange);
      Optional<Trouble> due =
          troubles.stream().filter(trouble -> line.contains(trouble.part())).findFirst();
      if (due.isPresent() && troubles.remove(due.get())) {
        due.get().fault().befall(victim);
      } else {
        victim.answer(victim.serve());
      }
    } catch (RuntimeException | AssertionError e) {
      wrong.add(line + " fails: " + e);
      throw e;
    }
  }

  private final class ApiRequest implements Fault.Victim {
    private final Exchange exchange;
    private final Asked asked;

    ApiRequest(Exchange exchange) throws IOException {
      this.exchange = exchange;
      this.asked = asked(exchange);
      describe(asked).ifPresent(api -> wrong.addAll(api.wrong(asked)));
      if (asked.body().has("author") || asked.body().has("committer")) {
        named.add(asked.path());
      }
    }

    @Override
    public Reply serve() {
      if (!api.isKnown(asked)) {
        return Reply.error(401, "Bad credentials");
      }
      mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      Reply reply;
      try {
        reply = api.answer(asked);
      } finally {
        atOnce.decrementAndGet();
      }
      if (reply.status() == 200 && asked.method().equals("GET")) {
        // GitHub's are made with the token.
        int mark = (reply.body() + asked.header("authorization")).hashCode();
        String etag = "\"" + Integer.toHexString(mark) + "\"";
        return asked.header("if-none-match").equals(Optional.of(etag))
            ? new Reply(304, Map.of(), "")
            : checked(reply).with("ETag", etag);
      }
      return checked(reply);
    }

    private Reply checked(Reply reply) {
      if (reply.status() / 100 == 3) {
        return reply; // Any path may send on; only some are described so.
      }
      describe(asked).ifPresent(api -> wrong.addAll(api.wrong(asked, reply)));
      return reply;
    }

    @Override
    public void answer(Reply reply) throws IOException {
      String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(api.now().atOffset(ZoneOffset.UTC));
      exchange.send(reply.with("Date", date));
    }

    @Override
    public void reset() {
      exchange.reset();
    }
  }

  private Optional<Description> describe(Asked asked) {
    return asked.path().startsWith("/repositories/") ? Optional.empty() : api.description();
  }

  private Asked asked(Exchange exchange) throws IOException {
    String text = new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8);
    JsonNode body = text.isEmpty() ? MissingNode.getInstance() : JsonMapper.shared().readTree(text);
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .request()
        .getHeaders()
        .forEach(field -> headers.put(field.getLowerCaseName(), field.getValue()));
    Map<String, String> query = new LinkedHashMap<>();
    String raw = exchange.query().orElse("");
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    String path = exchange.path().replaceFirst("^" + api.root(), "");
    return new Asked(exchange.method(), path, query, Map.of(), headers, body);
  }

  /** Of a Git client; served by Git itself. */
  private final class GitRequest implements Fault.Victim {
    private final Exchange exchange;
    private Optional<HttpBackend.Answer> answer = Optional.empty();

    GitRequest(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public Reply serve() throws IOException {
      if (isIn()) {
        answer = Optional.of(backend.run(exchange.forGit()));
        return new Reply(answer.get().status(), Map.of(), "");
      }
      exchange.body().readAllBytes();
      return new Reply(401, Map.of("WWW-Authenticate", "Basic realm=\"forge\""), "");
    }

    private boolean isIn() {
      String shown = exchange.header("Authorization").orElse("");
      if (!shown.startsWith("Basic ")) {
        return false;
      }
      byte[] decoded = Base64.getDecoder().decode(shown.substring("Basic ".length()));
      String password = new String(decoded, StandardCharsets.UTF_8).replaceFirst("^[^:]*:", "");
      return api.isKnown(
          new Asked(
              "GET",
              "/",
              Map.of(),
              Map.of(),
              Map.of("authorization", "Bearer " + password),
              MissingNode.getInstance()));
    }

    @Override
    public void answer(Reply reply) throws IOException {
      if (answer.isPresent() && reply.status() == answer.get().status()) {
        exchange.send(answer.get());
      } else {
        exchange.send(reply);
      }
    }

    @Override
    public void reset() {
      exchange.reset();
    }
  }
}

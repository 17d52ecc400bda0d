package dev.syncline.server.forge.testforge;

import dev.syncline.server.forge.ForgeKind;
import dev.syncline.server.ledger.HttpBackend;
import dev.syncline.server.ledger.NativeGit;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

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
  private final AtomicBoolean isPublic = new AtomicBoolean();
  private final Journal journal = new Journal();

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

  /** All that the API was asked, in order. */
  List<Asked> asked() {
    return List.copyOf(journal.asked());
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
    return journal.asked().stream()
        .filter(one -> one.body().has("author") || one.body().has("committer"))
        .map(Asked::path)
        .toList();
  }

  /** How many requests to the API were under way at once, at most. */
  public int mostAtOnce() {
    return journal.mostUnderWay().get();
  }

  public void forgetRequests() {
    requests.clear();
    gitRequests.clear();
  }

  /** From now on everybody may read its repository. */
  public void publish() {
    isPublic.set(true);
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
    List<String> wrong = journal.wrong();
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
      Fault.Victim victim =
          isGit
              ? new GitRequest(exchange, api, backend, isPublic.get())
              : new ApiRequest(exchange, api, journal);
      Optional<Trouble> due =
          troubles.stream().filter(trouble -> line.contains(trouble.part())).findFirst();
      if (due.isPresent() && troubles.remove(due.get())) {
        due.get().fault().befall(victim);
      } else {
        victim.answer(victim.serve());
      }
    } catch (RuntimeException | AssertionError e) {
      journal.wrong().add(line + " fails: " + e);
      throw e;
    }
  }
}

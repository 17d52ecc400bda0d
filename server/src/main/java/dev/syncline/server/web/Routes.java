package dev.syncline.server.web;

import dev.syncline.server.view.ServerStatus;
import dev.syncline.server.web.api.AdminApi;
import dev.syncline.server.web.connect.Traffic;
import dev.syncline.server.web.git.GitPages;
import dev.syncline.server.web.metrics.ServerMetrics;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Which path shows what. */
final class Routes extends Handler.Abstract {

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";

  private final Served served;
  private final Traffic traffic;
  private final ServerMetrics metrics;
  private final GitPages git;
  private final RelayPages relay;
  private @Nullable AdminApi api;

  Routes(Served served, Traffic traffic) {
    this.served = served;
    this.traffic = traffic;
    this.metrics = new ServerMetrics(served.server(), traffic, served.synced().workspaces());
    this.git = new GitPages(served.access(), served.synced().clones(), GitPages.Limits.USUAL);
    this.relay = new RelayPages(served.synced().webhooks());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    String path = Request.getPathInContext(request);
    if (RelayPages.knows(path)) {
      relay.handle(path, request, response, callback);
      return true;
    }
    if (AdminApi.knows(path)) {
      api().handle(request, response, callback);
      return true;
    }
    if (GitPages.knows(path)) {
      git.handle(request, response, callback);
      return true;
    }
    Page page =
        switch (path) {
          case "/" -> index(request, response);
          case "/healthz" -> new Page(200, TEXT, "alive\n");
          case "/readyz" -> readiness();
          case "/metrics" -> new Page(200, ServerMetrics.CONTENT_TYPE, metrics.text());
          default -> part(path, response);
        };
    if (page.status() != 404 && !List.of("GET", "HEAD").contains(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      page = new Page(405, TEXT, "This page can be read, nothing else.\n");
    }
    response.setStatus(page.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, page.type());
    Content.Sink.write(response, true, page.content(), callback);
    return true;
  }

  private static Page part(String path, Response response) {
    response.getHeaders().put("Content-Security-Policy", WorkspacePage.SECURITY_POLICY);
    return WorkspacePage.at(path)
        .map(part -> new Page(200, part.type(), part.text()))
        .orElseGet(() -> new Page(404, TEXT, "There is nothing here. See / for what there is.\n"));
  }

  /** Browsers ask for HTML by name; whoever doesn't gets the line that the old server sent. */
  private Page index(Request request, Response response) {
    response.getHeaders().put(HttpHeader.VARY, "Accept");
    boolean html =
        request.getHeaders().getValuesList(HttpHeader.ACCEPT).stream()
            .anyMatch(accepted -> accepted.contains("text/html"));
    ServerStatus status = served.server().status();
    if (!html) {
      return new Page(200, TEXT, "👍 Syncline " + status.version() + " is running\n");
    }
    response.getHeaders().put("Content-Security-Policy", StatusPage.SECURITY_POLICY);
    return new Page(
        200, HTML, new StatusPage(served.server(), traffic, served.time().instant()).html());
  }

  /** Ends answers that would go on for ever. */
  synchronized void close() {
    if (api != null) {
      api.close();
    }
  }

  private Page readiness() {
    List<String> reasons = served.server().status().notReady();
    return reasons.isEmpty()
        ? new Page(200, TEXT, "ready\n")
        : new Page(503, TEXT, String.join("\n", reasons) + "\n");
  }

  /** Made when first asked for: most servers are never administered, and JSON takes memory. */
  private synchronized AdminApi api() {
    AdminApi made = api;
    if (made == null) {
      made =
          new AdminApi(
              served.access(),
              new AdminApi.Offer(
                  served.documents(), served.tokens(), served.archive(), served.synced()),
              served.time());
      api = made;
    }
    return made;
  }

  private record Page(int status, String type, String content) {}
}

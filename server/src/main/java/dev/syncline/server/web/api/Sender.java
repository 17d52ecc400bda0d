package dev.syncline.server.web.api;

import dev.syncline.core.model.SyncException;
import dev.syncline.server.view.json.JsonText;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Sends the answer to one request. Confined to the thread that answers it; may block. */
final class Sender {

  /** Up to here a failure can still become a proper answer, since nothing was sent. */
  private static final int HELD_BACK_BYTES = 32 << 10;

  private final Response response;
  private final Callback callback;

  Sender(Response response, Callback callback) {
    this.response = response;
    this.callback = callback;
  }

  void send(Answer answer) {
    try {
      write(answer);
      callback.succeeded();
    } catch (IOException | RuntimeException e) {
      // Jetty cuts the connection: part of an answer must not look like all of it.
      callback.failed(e);
    }
  }

  private void write(Answer answer) throws IOException {
    switch (answer) {
      case Answer.Json json -> json(json.status(), "application/json", json.body());
      case Answer.Done done -> {
        response.setStatus(204);
        Content.Sink.asOutputStream(response).close();
      }
      case Answer.Unchanged unchanged -> {
        response.setStatus(304);
        headers(unchanged.headers());
        Content.Sink.asOutputStream(response).close();
      }
      case Answer.Events events -> events(events);
      case Answer.Stream stream -> stream(stream);
      case Answer.Problem problem -> problem(problem);
    }
  }

  private void stream(Answer.Stream stream) throws IOException {
    headers(stream.headers());
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, stream.type());
    OutputStream connection = Content.Sink.asOutputStream(response);
    var out = new BufferedOutputStream(connection, HELD_BACK_BYTES);
    try {
      // Not closed by whoever writes: the end of the content is ours to say.
      stream.content().writeTo(new Unclosed(out));
    } catch (SyncException e) {
      instead(AdminApi.problem(e), e);
      return;
    } catch (RuntimeException e) {
      instead(AdminApi.bug(e), e);
      return;
    }
    out.close();
  }

  private void events(Answer.Events events) throws IOException {
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    // Or nginx would keep events back until it has many.
    response.getHeaders().put("X-Accel-Buffering", "no");
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      events.content().writeTo(out);
    }
  }

  private void instead(Answer problem, RuntimeException cause) throws IOException {
    if (response.isCommitted()) {
      throw cause;
    }
    response.reset();
    write(problem);
  }

  private void problem(Answer.Problem problem) throws IOException {
    headers(problem.headers());
    ObjectNode body =
        JsonMapper.shared()
            .createObjectNode()
            .put("type", "about:blank")
            .put("title", HttpStatus.getMessage(problem.status()))
            .put("status", problem.status())
            .put("detail", problem.sentence())
            .put("kind", problem.kind().name().toLowerCase(Locale.ROOT));
    problem.details().forEach(body::set);
    json(problem.status(), "application/problem+json", body);
  }

  private void json(int status, String type, JsonNode body) throws IOException {
    byte[] bytes = JsonText.bytes(body);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      out.write(bytes);
    }
  }

  private void headers(Map<String, String> headers) {
    headers.forEach(response.getHeaders()::put);
  }

  /** Passes everything on but the end. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void flush() {
      // Whoever flushes early would have the headers sent before the first failure can show.
    }

    @Override
    public void close() {}
  }
}

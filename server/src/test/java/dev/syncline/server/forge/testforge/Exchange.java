package dev.syncline.server.forge.testforge;

import dev.syncline.server.ledger.HttpBackend;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request and its answer, as Jetty has them. */
record Exchange(Request request, Response response, Callback callback) {

  String method() {
    return request.getMethod();
  }

  /** As it came, with what is encoded in it. */
  String path() {
    return request.getHttpURI().getPath();
  }

  Optional<String> query() {
    return Optional.ofNullable(request.getHttpURI().getQuery());
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  InputStream body() {
    return Content.Source.asInputStream(request);
  }

  HttpBackend.Asked forGit() {
    return new HttpBackend.Asked(method(), path(), query(), this::header, body());
  }

  void send(Reply reply) {
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    if (body.length > 0) {
      response.getHeaders().put("Content-Type", "application/json; charset=utf-8");
    }
    send(reply.status(), body);
  }

  void send(HttpBackend.Answer answer) {
    for (String line : answer.lines()) {
      int colon = line.indexOf(':');
      response.getHeaders().add(line.substring(0, colon), line.substring(colon + 2));
    }
    send(answer.status(), answer.body());
  }

  private void send(int status, byte[] body) {
    response.setStatus(status);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  /** Ends the connection. */
  void reset() {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(new EofException("cut"));
  }
}

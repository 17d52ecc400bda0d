package dev.syncline.server.web;

import dev.syncline.server.config.ServerSettings;
import dev.syncline.server.web.connect.Certificates;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty, set up for many connections that are idle most of the time, in little memory. */
final class Engine {

  private static final int THREADS = 16;
  private static final int THREADS_AT_LEAST = 2;
  private static final int MAX_HEADER_BYTES = 8 << 10;
  private static final int OUTPUT_BUFFER_BYTES = 16 << 10;
  private static final int POOLED_BUFFER_STEP = 4 << 10;
  private static final int POOLED_BUFFER_BYTES = 64 << 10;

  /** What the pool keeps of buffers that are not in use, each for heap and direct ones. */
  private static final long POOLED_BYTES = 8 << 20;

  /**
   * Clients come on any path, so `//` and `/a%2fb` are paths like others, and files of workspaces
   * have any name, `%25` and `%ff` too. Nothing that is kept from somebody stands behind a path
   * that could be reached by another name.
   */
  private static final UriCompliance ANY_PATH =
      UriCompliance.DEFAULT.with(
          "any path",
          UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING,
          UriCompliance.Violation.BAD_UTF8_ENCODING);

  private Engine() {}

  static Server server(Patience patience) {
    var threads = new QueuedThreadPool(THREADS, THREADS_AT_LEAST);
    threads.setName("http");
    var buffers =
        new ArrayByteBufferPool(
            0, POOLED_BUFFER_STEP, POOLED_BUFFER_BYTES, -1, POOLED_BYTES, POOLED_BYTES);
    var server = new Server(threads, null, buffers);
    server.setStopTimeout(patience.stop().toMillis());
    server.setErrorHandler(Engine::plainError);
    return server;
  }

  static ServerConnector connector(
      Server server,
      ServerSettings settings,
      Optional<Certificates> certificates,
      Patience patience) {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(ANY_PATH);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
    if (certificates.isPresent()) {
      // There is one certificate, whatever name or address the client knows us by. Whether it fits
      // is the client's question.
      http.addCustomizer(new SecureRequestCustomizer(false));
    }
    var plain = new HttpConnectionFactory(http);
    ConnectionFactory[] factories =
        certificates
            .map(own ->
                new ConnectionFactory[] {
                  new SslConnectionFactory(own.contexts(), plain.getProtocol()), plain
                })
            .orElseGet(() -> new ConnectionFactory[] {plain});
    var connector = new ServerConnector(server, 1, 1, factories);
    connector.setHost(settings.host().isBlank() ? null : settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(patience.idle().toMillis());
    // Connections without a request would else keep the server up for all the time that it has.
    connector.setShutdownIdleTimeout(patience.stop().dividedBy(4).toMillis());
    return connector;
  }

  /** What Jetty itself refuses, such as a request that is no HTTP: the status and its name. */
  private static boolean plainError(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    Content.Sink.write(
        response, true, status + " " + HttpStatus.getMessage(status) + "\n", callback);
    return true;
  }
}

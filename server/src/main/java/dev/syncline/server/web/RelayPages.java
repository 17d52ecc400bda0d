package dev.syncline.server.web;

import dev.syncline.server.config.Json;
import dev.syncline.server.view.Webhooks;
import dev.syncline.server.view.Webhooks.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Relay Servers send their webhooks, with all that comes with it: the addresses and answers
 * of relay-git-sync. Thread-safe.
 */
final class RelayPages {

  private static final Logger LOG = LoggerFactory.getLogger(RelayPages.class);
  private static final Set<String> WEBHOOKS = Set.of("/webhooks", "/webhooks/relay");
  private static final Set<String> PAGES = Set.of("/health", "/api/pubkey");

  /** A message has about 400. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_HEADERS = 100;

  private final Webhooks webhooks;

  RelayPages(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  static boolean knows(String path) {
    return WEBHOOKS.contains(path) || PAGES.contains(path);
  }

  /** Answers sooner or later; returns at once. */
  void handle(String path, Request request, Response response, Callback callback) {
    Thread.ofVirtual()
        .name("webhook")
        .start(() -> {
          Reply reply;
          try {
            reply = answer(path, request);
          } catch (IOException e) {
            callback.failed(e);
            return;
          } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a webhook met a bug");
            reply = Reply.error(500, "Internal server error");
          }
          send(reply, response, callback);
        });
  }

  private Reply answer(String path, Request request) throws IOException {
    String method = request.getMethod();
    if (WEBHOOKS.contains(path)) {
      return method.equals("POST") ? receive(request) : Reply.error(405, "Send it by POST");
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Reply.error(405, "Read it by GET");
    }
    return switch (path) {
      case "/health" -> new Reply(200, Map.of("status", "healthy"));
      default ->
          webhooks
              .publicKey()
              .map(key -> new Reply(200, Map.of("public_key", key, "key_type", type(key))))
              .orElseGet(() -> Reply.error(400, "There is no SSH key: syncline ssh keygen"));
    };
  }

  private Reply receive(Request request) throws IOException {
    if (request.getLength() > MOST_BYTES || request.getHeaders().size() > MOST_HEADERS) {
      return tooLong();
    }
    byte[] body;
    try (var in = Content.Source.asInputStream(request)) {
      long length = request.getLength();
      // A buffer of the right size: the usual one is forty times a message.
      body = length < 0 ? in.readNBytes(MOST_BYTES + 1) : in.readNBytes((int) length);
    }
    if (body.length > MOST_BYTES) {
      return tooLong();
    }
    var headers = new HashMap<String, String>();
    request.getHeaders().forEach(field -> headers.put(field.getName(), field.getValue()));
    return webhooks.receive(headers, body);
  }

  private static Reply tooLong() {
    return Reply.error(413, "No webhook is as long as this");
  }

  private static String type(String key) {
    String first = key.split(" ", 2)[0];
    return switch (first) {
      case "ssh-rsa", "ssh-ed25519" -> first;
      default -> first.startsWith("ecdsa-") ? "ecdsa" : "unknown";
    };
  }

  private static void send(Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    switch (reply.status()) {
      case 413 -> response.getHeaders().put(HttpHeader.CONNECTION, "close");
      case 503 -> response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
      default -> {}
    }
    byte[] body = Json.line(reply.fields()).getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}

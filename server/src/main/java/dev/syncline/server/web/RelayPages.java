package dev.syncline.server.web;

import dev.syncline.server.config.Json;
import dev.syncline.server.view.Webhooks;
import dev.syncline.server.view.Webhooks.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
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

  private static final Reply TOO_LONG = Reply.error(413, "No webhook is as long as this");

  private final Webhooks webhooks;

  RelayPages(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  static boolean knows(String path) {
    return WEBHOOKS.contains(path) || PAGES.contains(path);
  }

  /** Answers sooner or later; returns at once. */
  void handle(String path, Request request, Response response, Callback callback) {
    Consumer<Reply> sender = reply -> send(reply, response, callback);
    if (WEBHOOKS.contains(path)) {
      receive(request, sender);
    } else {
      // A key may have to be read from a file.
      Thread.ofVirtual().start(() -> sender.accept(guarded(() -> page(path, request))));
    }
  }

  private Reply page(String path, Request request) {
    if (!Set.of("GET", "HEAD").contains(request.getMethod())) {
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

  /** Without a thread of its own as long as nothing has to be waited for. */
  private void receive(Request request, Consumer<Reply> sender) {
    if (!request.getMethod().equals("POST")) {
      sender.accept(Reply.error(405, "Send it by POST"));
    } else if (request.getLength() > MOST_BYTES || request.getHeaders().size() > MOST_HEADERS) {
      sender.accept(TOO_LONG);
    } else {
      Content.Source.asByteArrayAsync(
          request,
          MOST_BYTES,
          Promise.Invocable.<byte[]>from(
              Invocable.InvocationType.EITHER,
              body -> receive(request, body, sender),
              // It is too long after all, or gone; and then nobody hears this.
              failure -> sender.accept(TOO_LONG)));
    }
  }

  private void receive(Request request, byte[] body, Consumer<Reply> sender) {
    var headers = new HashMap<String, String>();
    request.getHeaders().forEach(field -> headers.put(field.getName(), field.getValue()));
    try {
      webhooks.receive(headers, body, sender);
    } catch (RuntimeException e) {
      sender.accept(bug(e));
    }
  }

  private static Reply guarded(Supplier<Reply> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return bug(e);
    }
  }

  private static Reply bug(RuntimeException e) {
    LOG.atError().setCause(e).log("a webhook met a bug");
    return Reply.error(500, "Internal server error");
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

package dev.syncline.server.forge;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.io.Content;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * The one endpoint of GitHub that gives installation tokens. What it is asked and what it answers
 * is held to GitHub's own description of it; a proof is checked as GitHub says that it does.
 */
final class FakeGitHub implements AutoCloseable {

  static final String APP = "Iv1.0123456789abcdef";
  static final long INSTALLATION = 4711;

  private static final String PATH = "/api/v3/app/installations/";

  /** What it answers once instead of a token. */
  record Trouble(int status, String message, Map<String, String> headers) {}

  /** Its clock. */
  volatile Instant now;

  final Deque<Trouble> troubles = new ArrayDeque<>();
  final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private final PublicKey key;
  private final Server server = new Server();
  private final ServerConnector connector;
  private final JsonNode description;

  FakeGitHub(PublicKey key, Instant now) throws Exception {
    this.key = key;
    this.now = now;
    try (InputStream in =
        Objects.requireNonNull(
            FakeGitHub.class.getResourceAsStream("/github/access-tokens.json"))) {
      this.description = JsonMapper.shared().readTree(in);
    }
    var http = new HttpConfiguration();
    http.setSendDateHeader(false);
    this.connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            serve(request, response, callback);
            return true;
          }
        });
    server.start();
  }

  URI api() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/api/v3");
  }

  private void serve(Request request, Response response, Callback callback) throws Exception {
    Trouble answer = judge(request, Content.Source.asString(request));
    String text = text(answer);
    response.setStatus(answer.status());
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    response.getHeaders().put("Date", date);
    response.getHeaders().put("Content-Type", "application/json; charset=utf-8");
    answer.headers().forEach(response.getHeaders()::put);
    Content.Sink.write(response, true, text, callback);
  }

  private Trouble judge(Request request, String body) throws Exception {
    mustFit(operation().at("/requestBody/content/application~1json/schema"), body);
    asked.add(JsonMapper.shared().readTree(body));
    if (!troubles.isEmpty()) {
      return troubles.remove();
    }
    if (!request.getMethod().equals("POST")
        || !Request.getPathInContext(request).equals(PATH + INSTALLATION + "/access_tokens")) {
      return new Trouble(404, "Not Found", Map.of());
    }
    return new Trouble(proof(request.getHeaders().get("Authorization")), "", Map.of());
  }

  /** 201, or 401 with a reason. */
  private int proof(String authorization) throws Exception {
    String[] parts = authorization.replaceFirst("Bearer ", "").split("\\.", -1);
    JsonNode head = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[0]));
    JsonNode claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    long seconds = now.getEpochSecond();
    boolean isGood =
        head.path("alg").asString().equals("RS256")
            && signature.verify(Base64.getUrlDecoder().decode(parts[2]))
            && claims.path("iss").asString().equals(APP)
            && claims.path("iat").asLong() <= seconds
            && claims.path("exp").asLong() > seconds
            && claims.path("exp").asLong() <= seconds + 600;
    return isGood ? 201 : 401;
  }

  private String text(Trouble answer) {
    if (answer.status() == 201) {
      var example =
          (ObjectNode) description.at("/components/examples/installation-token/value").deepCopy();
      example.put("token", "ghs_" + asked.size()).put("expires_at", now.plusSeconds(3600) + "");
      mustFit(description.at("/components/schemas/installation-token"), example.toString());
      return example.toString();
    }
    String said = answer.message().isEmpty() ? "Bad credentials" : answer.message();
    String error = JsonMapper.shared().createObjectNode().put("message", said) + "";
    mustFit(description.at("/components/schemas/basic-error"), error);
    return error;
  }

  private JsonNode operation() {
    return description.at("/paths/~1app~1installations~1{installation_id}~1access_tokens/post");
  }

  private void mustFit(JsonNode schema, String text) {
    var whole = (ObjectNode) schema.deepCopy();
    whole.set("components", description.path("components"));
    Schema described =
        SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30())
            .getSchema(whole.toString(), InputFormat.JSON);
    var errors = described.validate(text, InputFormat.JSON);
    if (!errors.isEmpty()) {
      throw new AssertionError(errors + " in " + text);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the fake did not stop", e);
    }
  }
}

package dev.syncline.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.endpoint.relay.RelayId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running server answers at the addresses of relay-git-sync: scripts look at it. */
final class RelayAnswersTest {

  private static final String SECRET = "whs_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  private static final String EVENT =
      """
      {"eventType":"document.updated","eventId":"evt_Vh3mB0dcXq0z1c7JkYb9p","payload":{\
      "doc_id":"%s","metadata":{},"timestamp":"2026-08-02T10:11:12.123456789+00:00","user":null}}\
      """
          .formatted(new RelayId(UUID.randomUUID().toString(), UUID.randomUUID().toString()));

  @TempDir Path folder;
  private HttpClient client;
  private Desk desk;

  private record Answer(int status, String body) {}

  @BeforeEach
  void start() {
    client = HttpClient.newHttpClient();
    desk = new Desk(folder, Map.of("WEBHOOK_SECRET", SECRET)).serve();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    desk.close();
  }

  @Test
  void healthIsOpenToAll() throws IOException, InterruptedException {
    assertEquals(new Answer(200, "{\"status\":\"healthy\"}"), get("/health"));
    assertEquals(405, post("/health", "", "{}").status());
  }

  @Test
  void thePublicKeyIsShownOnceThereIsOne() throws IOException, InterruptedException {
    Answer none = get("/api/pubkey");
    assertEquals(400, none.status());
    assertTrue(none.body().startsWith("{\"error\":\""), none.body());
    desk.mustDo("ssh", "keygen");
    JsonNode key = JsonMapper.shared().readTree(get("/api/pubkey").body());
    assertEquals("ssh-ed25519", key.path("key_type").asString());
    assertTrue(key.path("public_key").asString().startsWith("ssh-ed25519 AAAA"));
    assertTrue(desk.mustDo("ssh", "show-pubkey").contains(key.path("public_key").asString()));
  }

  @Test
  void whatIsProvenIsReceivedAtBothAddresses() throws IOException, InterruptedException {
    for (String path : new String[] {"/webhooks", "/webhooks/relay"}) {
      for (String shown :
          new String[] {
            "Bearer " + SECRET,
            "bearer " + SECRET,
            "Bearer Bearer " + SECRET,
            "Bearer " + token("webhook", "webhook-endpoint"),
            "Bearer Bearer " + token("webhook", "webhook-endpoint")
          }) {
        assertEquals(new Answer(200, "{\"status\":\"received\"}"), post(path, shown, EVENT), shown);
      }
    }
  }

  @Test
  void whatIsNotProvenIsRefusedBeforeItIsRead() throws IOException, InterruptedException {
    for (String body : new String[] {EVENT, "no JSON", ""}) {
      assertEquals(error(401, "Authentication required"), post("/webhooks", "", body));
      assertEquals(error(401, "Authentication required"), post("/webhooks", "Basic eDp5", body));
      assertEquals(
          error(401, "Authentication failed: Invalid token"),
          post("/webhooks", "Bearer wrong", body));
      assertEquals(
          error(403, "Invalid scope. Expected 'webhook', got 'api'"),
          post("/webhooks", "Bearer " + token("api", "webhook-endpoint"), body));
      assertEquals(
          error(403, "Invalid scope. Expected 'webhook', got token for different endpoint"),
          post("/webhooks", "Bearer " + token("api", "api-endpoint"), body));
    }
  }

  @Test
  void aBodyThatSaysNothingIsRefused() throws IOException, InterruptedException {
    String shown = "Bearer " + SECRET;
    for (String body : new String[] {"", "{", "no JSON", "\u0000"}) {
      assertEquals(error(400, "Invalid JSON payload"), post("/webhooks", shown, body), body);
    }
    HttpRequest.Builder bytes = request("/webhooks", shown);
    bytes.POST(BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xc3, '"'}));
    assertEquals(error(400, "Invalid JSON payload"), send(bytes));
    for (String body :
        new String[] {
          "[]",
          "{}",
          "7",
          "{\"payload\":7}",
          "{\"payload\":{\"doc_id\":7}}",
          "{\"payload\":{\"doc_id\":\"a-b\"}}",
          EVENT.replaceFirst("\"doc_id\":\"[0-9a-f]{8}", "\"doc_id\":\"../../..")
        }) {
      assertEquals(error(400, "Invalid webhook payload"), post("/webhooks", shown, body), body);
    }
  }

  @Test
  void everyShapeThatServersHaveSentIsReceived() throws IOException, InterruptedException {
    String id = JsonMapper.shared().readTree(EVENT).path("payload").path("doc_id").asString();
    String middle = id.substring(0, 36) + "-" + UUID.randomUUID() + id.substring(36);
    for (String body :
        new String[] {
          "{\"payload\":{\"doc_id\":\"%s\",\"timestamp\":\"2025-08-07T01:02:03Z\"}}",
          "{\"payload\":{\"doc_id\":\"%s\",\"timestamp\":1754589012.123}}",
          "{\"payload\":{\"doc_id\":\"%s\"}}",
          "{\"timestamp\":\"2025-11-07T01:02:03+00:00\",\"payload\":{\"doc_id\":\"%s\"}}",
          "{\"timestamp\":1754589012,\"payload\":{\"doc_id\":\"%s\",\"metadata\":null}}",
          "{\"timestamp\":\"yesterday\",\"more\":[1],\"payload\":{\"doc_id\":\"%s\"}}"
        }) {
      for (String name : new String[] {id, middle, id.toUpperCase(Locale.ROOT)}) {
        String message = body.formatted(name);
        assertEquals(200, post("/webhooks", "Bearer " + SECRET, message).status(), message);
      }
    }
  }

  @Test
  void whatIsTooLongIsRefusedHoweverItComes() throws IOException, InterruptedException {
    byte[] body = new byte[(1 << 20) + 1];
    BodyPublisher unknownLength =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    // Who asks before sending is told before sending; others may hear it in the middle.
    HttpRequest.Builder asking = request("/webhooks", "").expectContinue(true);
    assertEquals(413, send(asking.POST(BodyPublishers.ofByteArray(body))).status());
    assertEquals(413, send(request("/webhooks", "").POST(unknownLength)).status());
    HttpRequest.Builder headers = request("/webhooks", "Bearer " + SECRET);
    for (int i = 0; i < 101; i++) {
      headers.header("X-" + i, "x");
    }
    assertEquals(413, send(headers.POST(BodyPublishers.ofString(EVENT))).status());
  }

  @Test
  void webhooksAreSentByPost() throws IOException, InterruptedException {
    assertEquals(405, get("/webhooks").status());
    assertEquals(405, get("/webhooks/relay").status());
    assertEquals(405, send(request("/webhooks", "").PUT(BodyPublishers.ofString(EVENT))).status());
  }

  @Test
  void withoutASecretNothingIsReceived() throws IOException, InterruptedException {
    desk.close();
    for (String secret : new String[] {"", "sk_of-another-kind"}) {
      desk = new Desk(folder, new HashMap<>(Map.of("WEBHOOK_SECRET", secret))).serve();
      assertEquals(
          error(401, "Authentication required"), post("/webhooks", "Bearer " + secret, EVENT));
      desk.close();
    }
  }

  private Answer get(String path) throws IOException, InterruptedException {
    return send(request(path, "").GET());
  }

  private Answer post(String path, String shown, String body)
      throws IOException, InterruptedException {
    return send(request(path, shown).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path, String shown) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(desk.address() + path));
    return shown.isEmpty() ? request : request.header("Authorization", shown);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
    return new Answer(answer.statusCode(), answer.body());
  }

  private static Answer error(int status, String sentence) {
    return new Answer(status, "{\"error\":\"" + sentence + "\"}");
  }

  private static String token(String scope, String audience) {
    String claims = "{\"scope\":\"%s\",\"aud\":\"%s\"}".formatted(scope, audience);
    String signed = encoded("{\"alg\":\"HS256\"}") + "." + encoded(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = SECRET.substring("whs_".length()).getBytes(StandardCharsets.US_ASCII);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}

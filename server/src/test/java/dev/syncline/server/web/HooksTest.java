package dev.syncline.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.core.model.LinkName;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that tell that a branch moved. */
final class HooksTest {

  private static final String SECRET = "It's a Secret to Everybody";
  private static final String BODY = "Hello, World!";

  /** From GitHub's page on validating deliveries. */
  private static final String SIGNATURE =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  private static final LinkName GITHUB = new LinkName("github");

  @TempDir private Path folder;
  private Site site;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("secret"), SECRET + "\n");
    site =
        new Site(folder)
            .with(
                """
                links:
                  github: {git: https://example.org/a.git, webhook-secret-file: secret}
                  mirror: {git: https://example.org/b.git}
                  laptop: {folder: /nowhere}
                """);
    site.post("/sync", "");
    site.looks.clear();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  @Test
  void aSignedMessageMakesItsLinkLook() throws Exception {
    var answer = hook(BODY, SIGNATURE);
    assertEquals(202, answer.statusCode(), answer.body());
    assertEquals("{\"links\":[\"github\"]}", answer.body());
    assertEquals(GITHUB, site.looks.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void theSameDeliveryTwiceDoesNoHarm() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertEquals(202, hook(BODY, SIGNATURE).statusCode());
    }
    assertEquals(GITHUB, site.looks.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void withoutTheRightSignatureNothingHappensAndNothingIsSaid() throws Exception {
    for (String signature :
        new String[] {
          "sha256=" + "0".repeat(64),
          "sha256=",
          "sha256=xyz",
          SIGNATURE.substring(0, SIGNATURE.length() - 2),
          "sha1=" + SIGNATURE.substring(7)
        }) {
      assertEquals(401, hook(BODY, signature).statusCode(), signature);
    }
    assertEquals(401, hook(BODY + " ", SIGNATURE).statusCode());
    String elsewhere = hook("/api/v1/workspaces/nowhere/hooks/github", BODY, SIGNATURE).body();
    assertEquals(hook(BODY + " ", SIGNATURE).body(), elsewhere);
    assertTrue(site.looks.isEmpty());
  }

  @Test
  void aChangedSecretCountsAtOnce() throws Exception {
    Files.writeString(folder.resolve("secret"), "another");
    assertEquals(401, hook(BODY, SIGNATURE).statusCode());
    assertEquals(202, hook(BODY, signature("another", BODY)).statusCode());
  }

  @Test
  void aSecretThatCanNotBeReadIsTheOperatorsBusiness() throws Exception {
    Files.delete(folder.resolve("secret"));
    var answer = hook(BODY, SIGNATURE);
    assertEquals(503, answer.statusCode());
    assertTrue(!answer.body().contains(folder.toString()), answer.body());
  }

  @Test
  void aMessageThatIsTooLongIsRefused() throws Exception {
    String large = "x".repeat((25 << 20) + 1);
    assertEquals(413, hook(large, signature(SECRET, large)).statusCode());
    String most = large.substring(1);
    assertEquals(202, hook(most, signature(SECRET, most)).statusCode());
  }

  @Test
  void aWorkflowWithATokenMakesAllRepositoriesBeLookedAt() throws Exception {
    for (String path : new String[] {"/api/v1/workspaces/notes/signal", "/api/sync/webhook"}) {
      var answer =
          site.server.send(
              site.server
                  .request(path, "Authorization", "Bearer " + RunningServer.ADMIN)
                  .POST(BodyPublishers.noBody()));
      assertEquals("{\"links\":[\"github\",\"mirror\"]}", answer.body());
      assertEquals(GITHUB, site.looks.poll(20, TimeUnit.SECONDS));
      assertEquals(new LinkName("mirror"), site.looks.poll(20, TimeUnit.SECONDS));
    }
    var stranger = site.server.request("/api/sync/webhook", "X-A", "b");
    assertEquals(401, site.server.send(stranger.POST(BodyPublishers.noBody())).statusCode());
  }

  private HttpResponse<String> hook(String body, String signature) throws Exception {
    return hook("/api/v1/workspaces/notes/hooks/github", body, signature);
  }

  private HttpResponse<String> hook(String path, String body, String signature) throws Exception {
    return site.server.send(
        site.server
            .request(
                path,
                "X-Hub-Signature-256",
                signature,
                "X-GitHub-Event",
                "push",
                "X-GitHub-Delivery",
                "72d3162e-cc78-11e3-81ab-4c9367dc0958")
            // Who asks before sending much hears what becomes of it; others may only be cut off.
            .expectContinue(body.length() > 1 << 20)
            .POST(BodyPublishers.ofString(body)));
  }

  private static String signature(String secret, String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }
}

package dev.syncline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.syncline.server.webhook.Proof;
import dev.syncline.server.webhook.Received;
import dev.syncline.server.webhook.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What senders of webhooks are given; people have scripts that read what is printed. */
final class WebhookCommandsTest {

  private static final String RULER = "=".repeat(50);

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void start() {
    shell = new Shell(folder);
  }

  @Test
  void aSecretIsPrintedAsBefore() {
    Shell.Ended ended = shell.run("webhook", "keygen");
    String secret = ended.out().lines().toList().get(3);
    assertTrue(secret.matches("whs_[A-Za-z0-9_-]{43}"), secret);
    assertEquals(
        new Shell.Ended(
            ExitCode.OK,
            """

            Generated webhook secret:
            %1$s
            %2$s
            %1$s

            Add to your environment:
            export WEBHOOK_SECRET='%2$s'
            """
                .formatted(RULER, secret),
            ""),
        ended);
    assertNotEquals(ended.out(), shell.run("webhook", "keygen").out());
    assertTrue(
        shell.run("webhook", "keygen", "--json").out().matches("\\{\"secret\":\"whs_[^\"]+\"}\n"));
  }

  @Test
  void aTokenIsPrintedAsBeforeAndIsAccepted() {
    String secret = secret();
    shell.environment.put("WEBHOOK_SECRET", secret);
    Shell.Ended ended =
        shell.run("webhook", "token", "create", "--name", "prod \"1\"", "--expires", "2");
    String token = ended.out().lines().toList().get(3);
    assertEquals(
        new Shell.Ended(
            ExitCode.OK,
            """

            Webhook JWT Token (expires in 2 days):
            %1$s
            %2$s
            %1$s

            Use with webhook providers:
            Authorization: Bearer %2$s
            """
                .formatted(RULER, token),
            ""),
        ended);
    Instant now = Instant.now();
    assertEquals(new Verdict.Accepted(), check(secret, token, now));
    assertEquals(
        new Verdict.Refused("Token has expired"),
        check(secret, token, now.plus(Duration.ofDays(2))));
    assertEquals(new Verdict.Refused("Invalid token"), check(secret(), token, now));
    assertTrue(
        shell
            .run("webhook", "token", "create", "--name", "x")
            .out()
            .contains("(expires in 30 days)"));
  }

  @Test
  void whatCanNotBeMadeIsSaid() {
    Shell.Ended none = shell.run("webhook", "token", "create", "--name", "x");
    assertNotEquals(ExitCode.OK, none.code());
    assertTrue(
        none.err().contains("WEBHOOK_SECRET environment variable is required to create tokens."),
        none.err());
    assertTrue(none.err().contains("syncline webhook keygen"), none.err());
    shell.environment.put("WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    refused("Svix webhook secrets use HMAC signatures, not bearer tokens.", "--name", "x");
    shell.environment.put("WEBHOOK_SECRET", "plain");
    refused("Authorization: Bearer SECRET", "--name", "x");
    shell.environment.put("WEBHOOK_SECRET", secret());
    refused("--name", "--expires", "3");
    for (String days : new String[] {"0", "-1", "soon", "1.5", "1234567"}) {
      refused("no number of days", "--name", "x", "--expires", days);
    }
  }

  private void refused(String part, String... more) {
    String[] args = new String[3 + more.length];
    System.arraycopy(new String[] {"webhook", "token", "create"}, 0, args, 0, 3);
    System.arraycopy(more, 0, args, 3, more.length);
    Shell.Ended ended = shell.run(args);
    assertNotEquals(ExitCode.OK, ended.code());
    assertTrue(ended.err().contains(part), ended.err());
    assertEquals("", ended.out());
  }

  private String secret() {
    return JsonMapper.shared()
        .readTree(shell.run("webhook", "keygen", "--json").out())
        .path("secret")
        .asString();
  }

  private static Verdict check(String secret, String token, Instant now) {
    return Proof.of(secret)
        .check(new Received(Map.of("Authorization", "Bearer " + token), new byte[0]), now);
  }
}

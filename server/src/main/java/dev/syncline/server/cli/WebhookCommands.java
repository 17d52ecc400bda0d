package dev.syncline.server.cli;

import dev.syncline.server.config.Json;
import dev.syncline.server.config.Secret;
import java.time.Duration;
import java.util.Map;

/** What senders of webhooks prove themselves with. */
final class WebhookCommands {

  private static final String RULER = "=".repeat(50);

  private WebhookCommands() {}

  static Command of(Context context) {
    return Group.of(
        "webhook",
        "Make the secret that senders of webhooks prove to know, and tokens signed with it.",
        new Keygen(context),
        Group.of("token", "Make tokens for senders of webhooks.", new CreateToken(context)));
  }

  /** Draws a secret. */
  private record Keygen(Context context) implements Command {
    @Override
    public Shape shape() {
      return Shape.of("keygen", "Draw a secret, and print it.")
          .flag("--json", "Print JSON.")
          .examples("syncline webhook keygen");
    }

    @Override
    public ExitCode run(Arguments given) {
      String secret = context.program().webhookKeys().draw();
      print(
          context,
          given,
          "secret",
          secret,
          """

          Generated webhook secret:
          %s
          %s
          %s

          Add to your environment:
          export WEBHOOK_SECRET='%s'
          """
              .formatted(RULER, secret, RULER, secret));
      return ExitCode.OK;
    }
  }

  /** Signs a token. */
  private record CreateToken(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of("create", "Make a token, signed with WEBHOOK_SECRET (webhooks.secret)."))
          .option("--name", "NAME", "Whose it is.")
          .option("--expires", "DAYS", "For how many days it is good. Default: 30.")
          .flag("--json", "Print JSON.")
          .examples("syncline webhook token create --name production --expires 365");
    }

    @Override
    public ExitCode run(Arguments given) {
      String name =
          given.option("--name").orElseThrow(() -> new UsageException("--name is missing"));
      int days = given.option("--expires").map(CreateToken::days).orElse(30);
      String secret =
          context
              .configuration(given)
              .keys()
              .webhooks()
              .map(Secret::value)
              .orElseThrow(() ->
                  new UsageException(
                      "WEBHOOK_SECRET environment variable is required to create tokens."
                          + " Make one with: syncline webhook keygen"));
      String token = context.program().webhookKeys().token(secret, name, Duration.ofDays(days));
      print(
          context,
          given,
          "token",
          token,
          """

          Webhook JWT Token (expires in %s days):
          %s
          %s
          %s

          Use with webhook providers:
          Authorization: Bearer %s
          """
              .formatted(days, RULER, token, RULER, token));
      return ExitCode.OK;
    }

    private static int days(String text) {
      if (!text.matches("[1-9][0-9]{0,4}")) {
        throw new UsageException("--expires: `" + text + "` is no number of days");
      }
      return Integer.parseInt(text);
    }
  }

  private static void print(
      Context context, Arguments given, String field, String value, String text) {
    context
        .console()
        .out()
        .print(given.has("--json") ? Json.line(Map.of(field, value)) + "\n" : text);
  }
}

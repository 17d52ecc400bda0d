package dev.syncline.server.cli;

import dev.syncline.core.model.AccessScope;
import dev.syncline.core.model.AccessToken;
import dev.syncline.core.model.DocumentId;
import dev.syncline.core.model.Grant;
import dev.syncline.core.model.IssuedToken;
import dev.syncline.core.model.SyncException;
import dev.syncline.server.config.Json;
import dev.syncline.server.config.Period;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What can be done with access tokens. */
final class TokenCommands {

  private TokenCommands() {}

  static Command of(Context context) {
    return Group.of(
        "token",
        "Make, list and end the tokens that open a server whose access is closed.",
        new Create(context),
        new ListAll(context),
        new Revoke(context));
  }

  /** Makes one. */
  private record Create(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of("create", "Make a token and print it, this once: only its hash is stored."))
          .option("--scope", "SCOPE", "documents:read, documents:write or admin.")
          .option("--name", "TEXT", "Who or what it is for. Default: unnamed.")
          .options("--document", "ID", "Good for this document only; may be given several times.")
          .option("--expires", "WHEN", "A duration (30d, 12h), a date or a moment (ISO 8601, UTC).")
          .flag("--json", "Print JSON.")
          .examples(
              "syncline token create --scope documents:write --name phone",
              "syncline token create --scope documents:read --expires 30d --document"
                  + " 4NMNnkMhL8jXrdJ9jamS58PAVdXu");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      Instant now = context.console().clock().instant();
      Grant grant = grant(given, now);
      AccessToken token = context.administer(given, server -> server.tokens().create(grant, now));
      if (given.has("--json")) {
        var json = new LinkedHashMap<String, Object>();
        json.put("token", token.text());
        json.put("id", token.id());
        json.putAll(json(grant));
        context.console().out().println(Json.pretty(json));
      } else {
        context.console().out().println(token.text());
        context
            .console()
            .err()
            .println("Keep it: it can't be shown again. Its id is " + token.id());
      }
      return ExitCode.OK;
    }

    private static Grant grant(Arguments given, Instant now) {
      String scope =
          given
              .option("--scope")
              .orElseThrow(() ->
                  new UsageException(
                      "--scope is missing: documents:read, documents:write or admin"));
      Set<DocumentId> documents =
          given.options("--document").stream()
              .map(Arguments::document)
              .collect(Collectors.toUnmodifiableSet());
      try {
        return new Grant(
            given.option("--name").orElse("unnamed"),
            AccessScope.parse(scope),
            documents,
            given.option("--expires").map(text -> moment(text, now)));
      } catch (SyncException.Invalid e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
    }

    private static Instant moment(String text, Instant now) {
      try {
        if (text.indexOf('T') > 0) {
          return Instant.parse(text);
        }
        if (text.indexOf('-') > 0) {
          return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return now.plus(Period.parse(text));
      } catch (SyncException.Invalid | DateTimeException | ArithmeticException e) {
        throw new UsageException(
            "--expires: `"
                + text
                + "` is neither a duration like 30d, nor a date like 2027-01-31, nor a moment like"
                + " 2027-01-31T18:00:00Z");
      }
    }
  }

  /** Shows all but the secrets. */
  private record ListAll(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of("list", "List the tokens that were not revoked, oldest first."))
          .flag("--json", "Print JSON, a line for each token.")
          .examples("syncline token list");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      List<IssuedToken> tokens = context.administer(given, server -> server.tokens().list());
      if (given.has("--json")) {
        tokens.forEach(token -> context.console().out().println(Json.line(json(token))));
      } else {
        context.console().out().print(table(tokens, context.console().clock().instant()));
      }
      return ExitCode.OK;
    }

    private static String table(List<IssuedToken> tokens, Instant now) {
      var rows = new ArrayList<List<String>>();
      rows.add(List.of("ID", "NAME", "SCOPE", "DOCUMENTS", "CREATED", "EXPIRES", "LAST USED"));
      for (IssuedToken token : tokens) {
        Grant grant = token.grant();
        rows.add(
            List.of(
                token.id(),
                grant.name(),
                grant.scope().text(),
                grant.documents().isEmpty() ? "all" : String.valueOf(grant.documents().size()),
                token.created().toString(),
                grant.expired(now)
                    ? "expired"
                    : grant.expires().map(Instant::toString).orElse("never"),
                token.lastUsed().map(Instant::toString).orElse("never")));
      }
      return Texts.table(rows);
    }
  }

  /** Ends some. */
  private record Revoke(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of("revoke", "End tokens at once, and the connections that they opened."))
          .parameters("ID", "A token's id, as in syncline token list.")
          .examples("syncline token revoke k3v7q2ma");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      List<String> unknown =
          context.administer(
              given,
              server ->
                  given.parameters().stream().filter(id -> !server.tokens().revoke(id)).toList());
      if (!unknown.isEmpty()) {
        throw new NotFoundException("no token has the id " + String.join(", ", unknown));
      }
      return ExitCode.OK;
    }
  }

  private static Map<String, Object> json(IssuedToken token) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", token.id());
    json.putAll(json(token.grant()));
    json.put("created", token.created());
    json.put("lastUsed", token.lastUsed());
    return json;
  }

  private static Map<String, Object> json(Grant grant) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", grant.name());
    json.put("scope", grant.scope().text());
    json.put("documents", new TreeSet<>(grant.documents()));
    json.put("expires", grant.expires());
    return json;
  }
}

package dev.syncline.server.cli;

import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Outcome;
import dev.syncline.core.plan.Run;
import dev.syncline.core.port.Version;
import dev.syncline.server.config.Json;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What happened, and who did it. */
final class HistoryCommands {

  private static final int USUAL = 20;

  private HistoryCommands() {}

  /** Runs. */
  record Log(Context context) implements Command {
    @Override
    public Shape shape() {
      return Chosen.withWorkspace(
              Shape.of("log", "Show what the links of a workspace did, newest first."))
          .option("--limit", "COUNT", "At most so many; 20 if not given.")
          .flag("--json", "Print JSON, a line for each run.")
          .examples("syncline log", "syncline log --limit 100 --json");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      return context.administer(
          given,
          server -> {
            Workspaces workspaces = server.workspaces();
            List<Run> runs = workspaces.runs(Chosen.of(given, workspaces), limit(given));
            for (Run run : runs) {
              context
                  .console()
                  .out()
                  .print(given.has("--json") ? Json.line(json(run)) + "\n" : text(run));
            }
            return ExitCode.OK;
          });
    }

    private static String text(Run run) {
      var out = new StringBuilder();
      String why = run.outcome().reason();
      out.append(
          "%s  %s  %s%s%n"
              .formatted(run.id(), run.link(), words(run), why.isEmpty() ? "" : ": " + why));
      run.work()
          .overruled()
          .forEach(lost ->
              out.append(
                  "    set aside: the %s version of %s%n"
                      .formatted(
                          switch (lost.loser()) {
                            case OURS -> "ledger's";
                            case THEIRS -> "endpoint's";
                          },
                          lost.path())));
      run.work()
          .problems()
          .forEach((path, problem) -> out.append("    " + path + ": " + problem + "\n"));
      run.work().reply().notes().forEach(note -> out.append("    " + note + "\n"));
      return out.toString();
    }

    private static String words(Run run) {
      int proposed = run.work().reply().proposed();
      return "%d in, %d out, %s%s"
          .formatted(
              run.work().toLedger(),
              run.work().toEndpoint(),
              proposed > 0 ? proposed + " proposed, " : "",
              word(run.outcome()));
    }

    private static Map<String, Object> json(Run run) {
      var json = new LinkedHashMap<String, Object>();
      json.put("run", run.id().value());
      json.put("link", run.link().value());
      json.put("started", run.started().toString());
      json.put("millis", run.took().toMillis());
      json.put("outcome", word(run.outcome()));
      json.put("reason", Optional.of(run.outcome().reason()).filter(why -> !why.isEmpty()));
      json.put("toLedger", run.work().toLedger());
      json.put("toEndpoint", run.work().toEndpoint());
      json.put("version", run.work().version().map(Object::toString));
      json.put("conflicts", run.work().waiting());
      return json;
    }

    private static String word(Outcome outcome) {
      return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
  }

  /** Versions. */
  record History(Context context) implements Command {
    @Override
    public Shape shape() {
      return Chosen.withWorkspace(Shape.of("history", "Show the versions of a file, newest first."))
          .parameter("PATH", "The file, as it is called in the workspace.")
          .option("--limit", "COUNT", "At most so many; 20 if not given.")
          .flag("--json", "Print JSON, a line for each version.")
          .examples("syncline history notes/plan.md");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      var path = new FilePath(given.parameter());
      return context.administer(
          given,
          server -> {
            WorkspaceName workspace = Chosen.of(given, server.workspaces());
            List<Version> versions =
                server.workspaces().history(workspace, Optional.of(path), limit(given));
            if (versions.isEmpty()) {
              throw new NotFoundException("there is no version of " + path);
            }
            for (Version version : versions) {
              context
                  .console()
                  .out()
                  .println(given.has("--json") ? Json.line(json(version)) : text(version));
            }
            return ExitCode.OK;
          });
    }

    private static String text(Version version) {
      return "%s  %s  %s  %s"
          .formatted(
              version.id().brief(),
              version.at(),
              version.author().name(),
              version.message().lines().findFirst().orElse(""));
    }

    private static Map<String, Object> json(Version version) {
      var json = new LinkedHashMap<String, Object>();
      json.put("version", version.id().hex());
      json.put("at", version.at().toString());
      json.put("author", version.author().toString());
      json.put("message", version.message());
      json.put("trailers", version.trailers());
      return json;
    }
  }

  private static int limit(Arguments given) {
    return given
        .option("--limit")
        .map(text -> {
          if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new UsageException("--limit: `" + text + "` is no number from 1 to 999999");
          }
          return Integer.parseInt(text);
        })
        .orElse(USUAL);
  }
}

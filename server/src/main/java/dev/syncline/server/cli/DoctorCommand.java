package dev.syncline.server.cli;

import dev.syncline.core.model.Finding;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.Json;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what is not as it should be, and how to mend it. */
record DoctorCommand(Context context) implements Command {

  @Override
  public Shape shape() {
    return Chosen.withWorkspace(
            Shape.of(
                "doctor",
                "Look for what may keep workspaces from working, and say how to mend each."))
        .flag(
            "--round-trip",
            "Send a probe file around a workspace whose server runs: from its folder to every"
                + " place, from the web back to all, and away again. Repositories are read by a"
                + " fetch of the whole branch.")
        .flag("--json", "Print JSON, a line for each finding or leg.")
        .examples("syncline doctor", "syncline doctor --round-trip --workspace notes");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    return given.has("--round-trip") ? roundTrip(given) : examine(given);
  }

  private ExitCode roundTrip(Arguments given) throws IOException {
    WorkspaceName workspace =
        context.administer(given, server -> Chosen.of(given, server.workspaces()));
    PrintStream out = context.console().out();
    context
        .program()
        .roundTrip(
            context.configuration(given),
            workspace,
            leg -> {
              long millis = leg.took().toMillis();
              out.println(
                  given.has("--json")
                      ? Json.line(Map.of("leg", leg.what(), "millis", millis))
                      : "%7d ms  %s".formatted(millis, leg.what()));
              out.flush();
            });
    if (!given.has("--json")) {
      out.println("all places of " + workspace + " were equal, and the probe is gone");
    }
    return ExitCode.OK;
  }

  private ExitCode examine(Arguments given) throws IOException {
    Map<WorkspaceName, List<Finding>> all =
        context.administer(
            given,
            server -> {
              Workspaces workspaces = server.workspaces();
              List<WorkspaceName> names =
                  given.option("--workspace").isPresent()
                      ? List.of(Chosen.of(given, workspaces))
                      : workspaces.names();
              var found = new LinkedHashMap<WorkspaceName, List<Finding>>();
              names.forEach(name -> found.put(name, workspaces.examine(name)));
              return found;
            });
    PrintStream out = context.console().out();
    if (all.isEmpty() && !given.has("--json")) {
      out.println("there is no workspace to look at: make one with syncline init");
    }
    all.forEach((name, findings) ->
        findings.forEach(
            finding -> out.print(given.has("--json") ? json(name, finding) : text(name, finding))));
    boolean isWrong =
        all.values().stream()
            .flatMap(List::stream)
            .anyMatch(finding -> finding.verdict() == Finding.Verdict.WRONG);
    return isWrong ? ExitCode.UNAVAILABLE : ExitCode.OK;
  }

  private static String text(WorkspaceName name, Finding finding) {
    String remedy = finding.remedy().isEmpty() ? "" : "         → " + finding.remedy() + "\n";
    return "%-7s  %s: %s: %s%n"
            .formatted(word(finding), name, finding.subject(), finding.sentence())
        + remedy;
  }

  private static String json(WorkspaceName name, Finding finding) {
    var json = new LinkedHashMap<String, Object>();
    json.put("workspace", name.value());
    json.put("verdict", word(finding));
    json.put("subject", finding.subject());
    json.put("sentence", finding.sentence());
    json.put("remedy", finding.remedy());
    return Json.line(json) + "\n";
  }

  private static String word(Finding finding) {
    return finding.verdict().name().toLowerCase(Locale.ROOT);
  }
}

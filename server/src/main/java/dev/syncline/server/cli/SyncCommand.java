package dev.syncline.server.cli;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.FileChange;
import dev.syncline.core.model.FilePath;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Plan;
import dev.syncline.core.plan.Proposal;
import dev.syncline.server.config.Json;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs links now, or shows what they would do. */
record SyncCommand(Context context) implements Command {

  private static final Set<Health.Condition> TROUBLE =
      EnumSet.of(
          Health.Condition.UNREACHABLE,
          Health.Condition.DENIED,
          Health.Condition.HALTED,
          Health.Condition.HELD);

  @Override
  public Shape shape() {
    return Context.withOldFlags(
            Chosen.withWorkspace(
                Shape.of(
                    "sync", "Run the links of a workspace now, and wait until they are done.")))
        .option("--link", "NAME", "Only this link.")
        .option(
            "--relay-id", "UUID", "All folders of this relay that are followed; see --folder-id.")
        .option(
            "--folder-id",
            "UUID",
            "This shared folder of the relay. One that is not followed yet is from now on.")
        .flag("--dry-run", "Change nothing: show what would be done.")
        .flag("--json", "Print JSON.")
        .examples(
            "syncline sync",
            "syncline sync --dry-run",
            "syncline sync --link laptop --json",
            "syncline sync --relay-id 85a06712-… --folder-id 8ac6873a-…");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    Optional<LinkName> link = given.option("--link").map(LinkName::new);
    return context.administer(
        given,
        server -> {
          Workspaces workspaces = server.workspaces();
          ExitCode worst = ExitCode.OK;
          for (WorkspaceName workspace : chosen(given, workspaces)) {
            ExitCode code =
                given.has("--dry-run")
                    ? preview(workspaces, workspace, link, given.has("--json"))
                    : sync(workspaces, workspace, link, given.has("--json"));
            worst = worst == ExitCode.OK ? code : worst;
          }
          return worst;
        });
  }

  private static List<WorkspaceName> chosen(Arguments given, Workspaces workspaces) {
    Optional<String> relay = given.option("--relay-id");
    return relay.isPresent()
        ? new RelayFolders(workspaces).chosen(relay.get(), given.option("--folder-id"))
        : List.of(Chosen.of(given, workspaces));
  }

  private ExitCode sync(
      Workspaces workspaces, WorkspaceName workspace, Optional<LinkName> link, boolean json) {
    Workspaces.Status status;
    try (var _ = Meter.start(context.console(), workspaces, workspace)) {
      status = workspaces.sync(workspace, link);
    }
    PrintStream out = context.console().out();
    out.print(json ? StatusText.json(status) + "\n" : StatusText.text(status));
    boolean trouble =
        status.links().values().stream()
            .anyMatch(state -> TROUBLE.contains(state.health().condition()));
    return trouble ? ExitCode.UNAVAILABLE : ExitCode.OK;
  }

  private ExitCode preview(
      Workspaces workspaces, WorkspaceName workspace, Optional<LinkName> only, boolean json) {
    PrintStream out = context.console().out();
    for (LinkName link : workspaces.status(workspace).links().keySet()) {
      if (only.isPresent() && !only.get().equals(link)) {
        continue;
      }
      Plan plan = workspaces.preview(workspace, link);
      out.print(json ? Json.line(json(link, plan)) + "\n" : text(link, plan));
    }
    return ExitCode.OK;
  }

  private static String text(LinkName link, Plan plan) {
    var out = new StringBuilder(link + ":\n");
    Proposal proposal = plan.proposal();
    proposal.toLedger().byPath().forEach((path, change) -> line(out, "→ ledger  ", change, path));
    proposal.toEndpoint().byPath().forEach((path, change) -> line(out, "→ endpoint", change, path));
    proposal
        .waiting()
        .forEach((path, wait) -> out.append("  conflict   " + path + ": " + wait.reason() + "\n"));
    if (plan instanceof Plan.Hold hold) {
      out.append("  held: " + hold.reason() + "\n");
    }
    if (out.length() == link.value().length() + 2) {
      out.append("  nothing to do\n");
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String where, FileChange change, FilePath path) {
    out.append("  " + where + " " + word(change) + " " + path + "\n");
  }

  private static Map<String, Object> json(LinkName link, Plan plan) {
    var json = new LinkedHashMap<String, Object>();
    json.put("link", link.value());
    json.put("toLedger", words(plan.proposal().toLedger().byPath()));
    json.put("toEndpoint", words(plan.proposal().toEndpoint().byPath()));
    var waiting = new LinkedHashMap<String, Object>();
    plan.proposal().waiting().forEach((path, wait) -> waiting.put(path.value(), wait.reason()));
    json.put("conflicts", waiting);
    json.put("held", plan instanceof Plan.Hold hold ? hold.reason() : "");
    return json;
  }

  private static Map<String, Object> words(Map<FilePath, FileChange> changes) {
    var words = new LinkedHashMap<String, Object>();
    changes.forEach((path, change) -> words.put(path.value(), word(change)));
    return words;
  }

  private static String word(FileChange change) {
    return switch (change) {
      case FileChange.Added ignored -> "add";
      case FileChange.Modified ignored -> "change";
      case FileChange.Removed ignored -> "remove";
    };
  }
}

package dev.syncline.server.cli;

import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.util.List;

/** Shows how workspaces are. */
record StatusCommand(Context context) implements Command {

  @Override
  public Shape shape() {
    return Chosen.withWorkspace(
            Shape.of("status", "Show how each workspace is, and each of its links."))
        .flag("--json", "Print JSON, a line for each workspace.")
        .examples("syncline status", "syncline status --workspace notes --json");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    List<Workspaces.Status> all =
        context.administer(
            given,
            server -> {
              Workspaces workspaces = server.workspaces();
              return given.option("--workspace").isPresent()
                  ? List.of(workspaces.status(Chosen.of(given, workspaces)))
                  : workspaces.names().stream().map(workspaces::status).toList();
            });
    if (given.has("--json")) {
      all.forEach(status -> context.console().out().println(StatusText.json(status)));
    } else {
      all.forEach(status -> context.console().out().print(StatusText.text(status)));
    }
    return ExitCode.OK;
  }
}

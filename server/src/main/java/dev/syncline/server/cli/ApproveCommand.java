package dev.syncline.server.cli;

import dev.syncline.core.model.RunId;
import dev.syncline.core.model.WorkspaceName;
import java.io.IOException;
import java.util.Optional;

/** Lets a held run go on. */
record ApproveCommand(Context context) implements Command {

  @Override
  public Shape shape() {
    return Chosen.withWorkspace(
            Shape.of("approve", "Let a run do what it was held for; syncline log shows which."))
        .parameter("RUN", "The run.")
        .examples("syncline approve 20261121-134501-k3x9d");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    var run = new RunId(given.parameter());
    return context.administer(
        given,
        server -> {
          WorkspaceName workspace = Chosen.of(given, server.workspaces());
          if (!server.workspaces().approve(workspace, run)) {
            throw new NotFoundException("no run " + run + " is held");
          }
          context
              .console()
              .out()
              .print(StatusText.text(server.workspaces().sync(workspace, Optional.empty())));
          return ExitCode.OK;
        });
  }
}

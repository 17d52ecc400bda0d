package dev.syncline.server.cli;

import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Workspaces;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The workspace that a command is about. */
final class Chosen {

  private static final String WORKSPACE = "--workspace";

  private Chosen() {}

  /** Adds the flag that names a workspace, and those that say which server is meant. */
  static Shape withWorkspace(Shape shape) {
    return Context.withPlace(shape)
        .option(WORKSPACE, "NAME", "The workspace; needed if there are several.");
  }

  /** The one that is named, or the only one. */
  static WorkspaceName of(Arguments given, Workspaces workspaces) {
    Optional<String> named = given.option(WORKSPACE);
    if (named.isPresent()) {
      return new WorkspaceName(named.get());
    }
    List<WorkspaceName> all = workspaces.names();
    if (all.isEmpty()) {
      throw new UsageException("there is no workspace yet: make one with syncline init");
    }
    if (all.size() > 1) {
      throw new UsageException(
          "say which workspace with --workspace: "
              + all.stream().map(WorkspaceName::value).collect(Collectors.joining(", ")));
    }
    return all.getFirst();
  }
}

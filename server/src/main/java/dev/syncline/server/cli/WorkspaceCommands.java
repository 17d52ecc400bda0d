package dev.syncline.server.cli;

import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What can be done with workspaces as a whole. */
final class WorkspaceCommands {

  private WorkspaceCommands() {}

  static Command of(Context context) {
    return Group.of(
        "workspace",
        "Add, list, show, remove, pause and resume workspaces.",
        new Add(context),
        new ListAll(context),
        new Show(context),
        new Remove(context),
        new Move(context, Workspaces.Motion.PAUSE),
        new Move(context, Workspaces.Motion.RESUME));
  }

  /** Adds one, or changes it. */
  private record Add(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of("add", "Add a workspace that a file describes, or change it."))
          .parameters("NAME FILE", "Its name, and its file; - for stdin.")
          .examples("syncline workspace add notes notes.yaml");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      if (given.parameters().size() != 2) {
        throw new UsageException("a name and a file, not " + given.parameters().size() + " words");
      }
      var name = new WorkspaceName(given.parameters().getFirst());
      String file = given.parameters().getLast();
      String text =
          file.equals("-")
              ? new String(context.console().in().readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(context.console().folder().resolve(Path.of(file)));
      return context.administer(
          given,
          server -> {
            server.workspaces().put(name, text);
            context.console().out().print(StatusText.text(server.workspaces().status(name)));
            return ExitCode.OK;
          });
    }
  }

  /** Lists names. */
  private record ListAll(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(Shape.of("list", "List the names of all workspaces."))
          .examples("syncline workspace list");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      return context.administer(
          given,
          server -> {
            server.workspaces().names().forEach(context.console().out()::println);
            return ExitCode.OK;
          });
    }
  }

  /** Shows a file. */
  private record Show(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(Shape.of("show", "Show the file that describes a workspace."))
          .parameter("NAME", "The workspace.")
          .examples("syncline workspace show notes > notes.yaml");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      var name = new WorkspaceName(given.parameter());
      return context.administer(
          given,
          server -> {
            context.console().out().print(server.workspaces().text(name));
            return ExitCode.OK;
          });
    }
  }

  /** Forgets one. */
  private record Remove(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withPlace(
              Shape.of("remove", "Stop a workspace. Its history and the files at its places stay."))
          .parameter("NAME", "The workspace.")
          .examples("syncline workspace remove notes");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      var name = new WorkspaceName(given.parameter());
      return context.administer(
          given,
          server -> {
            String ledger = server.workspaces().remove(name);
            context.console().out().println("its history stays in " + ledger);
            return ExitCode.OK;
          });
    }
  }

  /** Stops links, or lets them go on. */
  private record Move(Context context, Workspaces.Motion motion) implements Command {
    @Override
    public Shape shape() {
      boolean pause = motion == Workspaces.Motion.PAUSE;
      String word = pause ? "pause" : "resume";
      return Chosen.withWorkspace(
              Shape.of(
                  word,
                  pause
                      ? "Stop the links of a workspace until they are resumed."
                      : "Let the links of a workspace go on."))
          .option("--link", "NAME", "Only this link.")
          .examples("syncline workspace " + word + " --link laptop");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      Optional<LinkName> link = given.option("--link").map(LinkName::new);
      return context.administer(
          given,
          server -> {
            WorkspaceName name = Chosen.of(given, server.workspaces());
            server.workspaces().pause(name, link, motion);
            context.console().out().print(StatusText.text(server.workspaces().status(name)));
            return ExitCode.OK;
          });
    }
  }
}

package dev.syncline.server.cli;

import dev.syncline.core.merge.Conflict;
import dev.syncline.core.merge.ConflictId;
import dev.syncline.core.merge.Resolution;
import dev.syncline.core.merge.Side;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.ContentId;
import dev.syncline.core.model.FileVersion;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.Json;
import dev.syncline.server.view.Workspaces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The inbox: what waits for a person. */
final class ConflictCommands {

  private ConflictCommands() {}

  static Command of(Context context) {
    return Group.of(
        "conflicts",
        "List, show and resolve conflicts.",
        new ListAll(context),
        new Show(context),
        new Resolve(context));
  }

  /** Lists them. */
  private record ListAll(Context context) implements Command {
    @Override
    public Shape shape() {
      return Chosen.withWorkspace(Shape.of("list", "List the conflicts that wait, oldest first."))
          .flag("--json", "Print JSON, a line for each conflict.")
          .examples("syncline conflicts list");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      return context.administer(
          given,
          server -> {
            List<Conflict> all =
                server.workspaces().conflicts(Chosen.of(given, server.workspaces()));
            if (given.has("--json")) {
              all.forEach(one -> context.console().out().println(Json.line(json(one))));
            } else {
              context
                  .console()
                  .out()
                  .print(
                      Texts.table(
                          all.stream()
                              .map(one ->
                                  List.of(
                                      one.id().value(),
                                      one.path().value(),
                                      one.link().value(),
                                      one.reason()))
                              .toList()));
            }
            return ExitCode.OK;
          });
    }
  }

  /** Shows one, with the contents of each side. */
  private record Show(Context context) implements Command {
    @Override
    public Shape shape() {
      return Chosen.withWorkspace(Shape.of("show", "Show a conflict: who changed what, and how."))
          .parameter("ID", "The conflict.")
          .option("--version", "WHICH", "Print the file as it is: base, ours or theirs.")
          .flag("--json", "Print JSON.")
          .examples(
              "syncline conflicts show 0123456789ab",
              "syncline conflicts show 0123456789ab --version theirs > theirs.txt");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      return context.administer(
          given,
          server -> {
            Workspaces workspaces = server.workspaces();
            WorkspaceName workspace = Chosen.of(given, workspaces);
            Conflict conflict = find(workspaces, workspace, given.parameter());
            PrintStream out = context.console().out();
            Optional<String> which = given.option("--version");
            if (which.isEmpty()) {
              if (given.has("--json")) {
                out.println(Json.pretty(json(conflict)));
              } else {
                out.print(new ConflictText(workspaces, workspace, conflict).text());
              }
              return ExitCode.OK;
            }
            FileVersion version =
                side(conflict, which.get())
                    .orElseThrow(() ->
                        new NotFoundException(which.get() + " has no file " + conflict.path()));
            try (var in = workspaces.open(workspace, version)) {
              in.transferTo(out);
            }
            out.flush();
            return ExitCode.OK;
          });
    }

    private static Optional<FileVersion> side(Conflict conflict, String which) {
      return switch (which) {
        case "base" -> conflict.sides().base();
        case "ours" -> conflict.sides().ours();
        case "theirs" -> conflict.sides().theirs();
        default ->
            throw new UsageException("--version: `" + which + "` is not base, ours or theirs");
      };
    }
  }

  /** Answers one. */
  private record Resolve(Context context) implements Command {
    private Optional<byte[]> supplied(Arguments given) throws IOException {
      Optional<String> file = given.option("--contents");
      if (file.isEmpty()) {
        choice(given);
        return Optional.empty();
      }
      if (given.option("--choose").isPresent()) {
        throw new UsageException("say either --choose or --contents");
      }
      return Optional.of(
          file.get().equals("-")
              ? context.console().in().readAllBytes()
              : Files.readAllBytes(context.console().folder().resolve(file.get())));
    }

    @Override
    public Shape shape() {
      return Chosen.withWorkspace(Shape.of("resolve", "Answer a conflict."))
          .parameter("ID", "The conflict.")
          .option("--choose", "WHICH", "ours (the ledger's), theirs (the endpoint's) or both.")
          .option("--contents", "FILE", "What it shall be instead; - for stdin.")
          .option("--author", "NAME", "Who decides; the user of this process if not given.")
          .examples(
              "syncline conflicts resolve 0123456789ab --choose theirs",
              "syncline conflicts resolve 0123456789ab --contents merged.txt");
    }

    @Override
    public ExitCode run(Arguments given) throws IOException {
      Optional<byte[]> supplied = supplied(given);
      var author =
          new Author(
              given.option("--author").orElseGet(() -> System.getProperty("user.name", "somebody")),
              "");
      return context.administer(
          given,
          server -> {
            Workspaces workspaces = server.workspaces();
            WorkspaceName workspace = Chosen.of(given, workspaces);
            Conflict conflict = find(workspaces, workspace, given.parameter());
            Resolution resolution =
                supplied.isPresent()
                    ? supply(workspaces, workspace, conflict, supplied.get())
                    : choice(given);
            if (!workspaces.resolve(workspace, conflict, resolution, author)) {
              context
                  .console()
                  .err()
                  .println("syncline: a side has moved meanwhile; look at the conflict again");
              return ExitCode.UNAVAILABLE;
            }
            context
                .console()
                .out()
                .print(StatusText.text(workspaces.sync(workspace, Optional.of(conflict.link()))));
            return ExitCode.OK;
          });
    }
  }

  private static Resolution choice(Arguments given) {
    return switch (given.option("--choose").orElse("")) {
      case "ours" -> new Resolution.Choose(Side.OURS);
      case "theirs" -> new Resolution.Choose(Side.THEIRS);
      case "both" -> new Resolution.Both();
      default -> throw new UsageException("say --choose ours, theirs or both; or --contents FILE");
    };
  }

  /** A file that was executable stays so. */
  private static Resolution supply(
      Workspaces workspaces, WorkspaceName workspace, Conflict conflict, byte[] contents)
      throws IOException {
    ContentId id =
        workspaces.keep(
            workspace,
            Optional.of(conflict.path()),
            contents.length,
            new ByteArrayInputStream(contents));
    return new Resolution.Supply(Optional.of(new FileVersion(id, conflict.modeOfAnswer())));
  }

  private static Conflict find(Workspaces workspaces, WorkspaceName workspace, String text) {
    var id = new ConflictId(text);
    return workspaces.conflicts(workspace).stream()
        .filter(conflict -> conflict.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFoundException("there is no conflict " + id));
  }

  private static Map<String, Object> json(Conflict conflict) {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", conflict.id().value());
    json.put("path", conflict.path().value());
    json.put("link", conflict.link().value());
    json.put("reason", conflict.reason());
    json.put("since", conflict.since().toString());
    json.put("theirsBy", conflict.theirsBy().toString());
    json.put("base", conflict.sides().base().map(version -> version.content().toString()));
    json.put("ours", conflict.sides().ours().map(version -> version.content().toString()));
    json.put("theirs", conflict.sides().theirs().map(version -> version.content().toString()));
    return json;
  }
}

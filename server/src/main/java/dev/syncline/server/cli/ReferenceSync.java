package dev.syncline.server.cli;

import dev.syncline.core.flow.Health;
import dev.syncline.core.model.Author;
import dev.syncline.core.model.LinkName;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Run;
import dev.syncline.core.records.RecordRules;
import dev.syncline.server.cli.reference.Category;
import dev.syncline.server.cli.reference.Place;
import dev.syncline.server.config.Configuration;
import dev.syncline.server.config.LinkSettings;
import dev.syncline.server.config.WorkspaceFile;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings copies of reference data in line with their source: by a pull request, or in a folder. */
record ReferenceSync(Context context) implements Command {

  @Override
  public Shape shape() {
    return Context.withPlace(
            Shape.of(
                "sync",
                "Look at a source and at the repository with the copy, and keep one pull request"
                    + " that says how they differ. Exit code 0: done or nothing to do, 2: a dry run"
                    + " found drift, 3: some categories failed, 4: configuration, 5: the source"
                    + " can't be used, 6: the platform refuses."))
        .option("--workspace-file", "FILE", "The workspace: a json-api and a git link.")
        .option("--preset", "NAME", "A workspace that is known: horde.")
        .flag("--dry-run", "Change nothing anywhere: show what differs. Needs no credentials.")
        .flag("--no-pr", "Open no pull request: write the files into --output-dir.")
        .option("--output-dir", "DIR", "Where the changed files and changes.diff go.")
        .option("--target-dir", "DIR", "As --data-dir: what is kept between runs.")
        .option("--categories", "A,B", "Only these (preset).")
        .option("--primary-url", "URL", "Where the source is (preset).")
        .flag("--force", "Propose even a single difference (preset).")
        .flag("--verbose", "Taken for the sake of old command lines: set log.level.")
        .flag("--watch", "Go on: look again whenever the source says that it changed.")
        .option("--watch-interval", "SECONDS", "How often it is asked (preset). Default: 60.")
        .flag(
            "--watch-startup-sync",
            "Taken for the sake of old command lines: the first look is always at once.")
        .flag("--json", "Print JSON.")
        .examples(
            "syncline reference sync --workspace-file reference.yaml --dry-run",
            "syncline reference sync --preset horde --primary-url https://models.example.org/api");
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    Path scratch = Files.createTempDirectory("syncline-reference");
    try {
      ReferenceAsked asked =
          new ReferenceAsked.Reading(context.console(), given).read(scratch.resolve("output"));
      Configuration configuration = configuration(given, asked);
      return switch (asked.way()) {
        case ONCE -> sync(given, asked, configuration);
        case FOLLOW -> follow(asked, configuration);
        case DRY_RUN -> dryRun(given, asked, configuration, scratch);
      };
    } catch (SyncException.Invalid e) {
      context.console().err().println("syncline: " + e.getMessage());
      return ExitCode.ASKED_WRONGLY;
    } finally {
      Folders.delete(scratch);
    }
  }

  private Configuration configuration(Arguments given, ReferenceAsked asked) {
    Configuration configuration = context.configuration(given);
    return asked.home().map(configuration::inFolder).orElse(configuration);
  }

  private ExitCode sync(Arguments given, ReferenceAsked asked, Configuration configuration)
      throws IOException {
    return context
        .program()
        .administer(
            configuration,
            server -> {
              var worst = ExitCode.OK;
              for (Map.Entry<WorkspaceName, String> it : asked.texts().entrySet()) {
                Workspaces.Status status = sync(server.workspaces(), it.getKey(), it.getValue());
                worst = worse(worst, told(given, status, settings(it, configuration)));
              }
              return worst;
            });
  }

  private static Workspaces.Status sync(Workspaces workspaces, WorkspaceName name, String text) {
    put(workspaces, name, text);
    return workspaces.sync(name, Optional.empty());
  }

  private static void put(Workspaces workspaces, WorkspaceName name, String text) {
    if (!workspaces.names().contains(name) || !workspaces.text(name).equals(text)) {
      workspaces.put(name, text);
    }
  }

  private static WorkspaceSettings settings(
      Map.Entry<WorkspaceName, String> workspace, Configuration configuration) {
    return WorkspaceFile.read(
        workspace.getKey(),
        workspace.getValue(),
        configuration.dataDir(),
        new Author("Syncline", ""));
  }

  /** Never ends by itself: what fails is tried again. */
  private ExitCode follow(ReferenceAsked asked, Configuration configuration) throws IOException {
    return context
        .program()
        .follow(
            configuration,
            server -> {
              asked.texts().forEach((name, text) -> put(server.workspaces(), name, text));
              return ExitCode.OK;
            });
  }

  /** In a data directory that goes away, which begins as the real one is. */
  private ExitCode dryRun(
      Arguments given, ReferenceAsked asked, Configuration configuration, Path scratch)
      throws IOException {
    Configuration aside = configuration.inFolder(scratch.resolve("data"));
    for (WorkspaceName name : asked.texts().keySet()) {
      Path ledger = Path.of("workspaces", name.value(), "ledger.git");
      Folders.copy(configuration.dataDir().resolve(ledger), aside.dataDir().resolve(ledger));
    }
    var statuses = new ArrayList<ExitCode>();
    context
        .program()
        .administer(
            aside,
            server -> {
              for (Map.Entry<WorkspaceName, String> it : asked.texts().entrySet()) {
                Workspaces.Status status = sync(server.workspaces(), it.getKey(), it.getValue());
                statuses.add(troubles(status, settings(it, aside)));
              }
              return ExitCode.OK;
            });
    ExitCode trouble = statuses.stream().reduce(ExitCode.OK, ReferenceSync::worse);
    boolean isKnown = trouble != ExitCode.SOURCE && trouble != ExitCode.PLATFORM;
    return isKnown ? worse(trouble, drift(given, asked.output().orElseThrow())) : trouble;
  }

  private ExitCode drift(Arguments given, Path output) throws IOException {
    List<Path> before = Folders.below(output, "before");
    var comparing = new Comparing(context.console());
    var categories = new ArrayList<Category>();
    var places = new ArrayList<Place>();
    try {
      for (Path file : before) {
        Path after = Folders.withoutBefore(output, file);
        Place source = Place.open(after.toString(), output, Optional.empty());
        places.add(source);
        Place target = Place.open(file.toString(), output, Optional.empty());
        places.add(target);
        categories.addAll(Category.of(source, target, Optional.empty()));
      }
      return comparing.compare(categories, RecordRules.NONE, given);
    } finally {
      for (Place place : places) {
        place.close();
      }
    }
  }

  private ExitCode told(Arguments given, Workspaces.Status status, WorkspaceSettings settings) {
    PrintStream out = context.console().out();
    if (given.has("--json")) {
      out.println(StatusText.json(status));
    } else {
      status
          .links()
          .forEach((name, link) -> {
            out.println(status.workspace() + ": " + name + ": " + sentence(link));
            link.last()
                .map(Run::work)
                .ifPresent(work ->
                    work.problems()
                        .forEach((path, why) -> out.println("    " + path + ": " + why)));
          });
    }
    return troubles(status, settings);
  }

  private static String sentence(Workspaces.LinkStatus link) {
    List<String> notes = link.last().map(run -> run.work().reply().notes()).orElse(List.of());
    if (!link.health().reason().isEmpty()) {
      return link.health().reason();
    }
    return notes.isEmpty() ? "nothing to do" : String.join("; ", notes);
  }

  private ExitCode troubles(Workspaces.Status status, WorkspaceSettings settings) {
    var worst = status.conflicts() > 0 ? ExitCode.PARTLY : ExitCode.OK;
    for (Map.Entry<LinkName, Workspaces.LinkStatus> link : status.links().entrySet()) {
      boolean isSource =
          Optional.ofNullable(settings.links().get(link.getKey()))
              .filter(it -> it.place() instanceof LinkSettings.Place.Api)
              .isPresent();
      Health.Condition condition = link.getValue().health().condition();
      boolean stopped =
          switch (condition) {
            case UNREACHABLE, DENIED, HALTED -> true;
            case IDLE, SYNCING, WAITING, HELD, CONFLICT, PAUSED -> false;
          };
      if (stopped) {
        context
            .console()
            .err()
            .println("syncline: " + link.getKey() + ": " + link.getValue().health().reason());
        worst = worse(worst, isSource ? ExitCode.SOURCE : ExitCode.PLATFORM);
      } else if (condition == Health.Condition.HELD
          || link.getValue().last().filter(run -> !run.work().problems().isEmpty()).isPresent()) {
        worst = worse(worst, ExitCode.PARTLY);
      }
    }
    return worst;
  }

  /** Trouble counts more than drift, and the later in the list of codes the more. */
  private static ExitCode worse(ExitCode one, ExitCode other) {
    return one.number() >= other.number() ? one : other;
  }
}

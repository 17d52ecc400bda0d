package dev.syncline.server.cli;

import dev.syncline.core.model.Author;
import dev.syncline.core.model.RunId;
import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.core.plan.Run;
import dev.syncline.core.records.RecordRules;
import dev.syncline.server.config.Configuration;
import dev.syncline.server.config.WorkspaceFile;
import dev.syncline.server.config.WorkspaceSettings;
import dev.syncline.server.view.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings copies of reference data in line with their source: by a pull request, or in a folder. */
record ReferenceSync(Context context) implements Command {

  private static final int MOST_RUNS = 1_000;

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

  /** A command line, and what it leads to. */
  private record Asked(Arguments given, ReferenceAsked asked, List<WorkspaceSettings> settings) {

    String text(WorkspaceName name) {
      return asked.texts().getOrDefault(name, "");
    }
  }

  @Override
  public ExitCode run(Arguments given) throws IOException {
    Path scratch = Files.createTempDirectory("syncline-reference");
    try {
      ReferenceAsked asked =
          new ReferenceAsked.Reading(context.console(), given).read(scratch.resolve("output"));
      Configuration usual = context.configuration(given);
      Configuration configuration =
          asked.home().map(usual::inFolder).orElse(usual).proposingInto(asked.outputs());
      var all = new Asked(given, asked, settings(asked, configuration.dataDir()));
      return switch (asked.way()) {
        case ONCE -> sync(all, configuration);
        case FOLLOW -> follow(asked, configuration);
        case DRY_RUN -> dryRun(all, configuration, scratch);
      };
    } catch (SyncException.Invalid e) {
      context.console().err().println("syncline: " + e.getMessage());
      return ExitCode.ASKED_WRONGLY;
    } finally {
      Folders.delete(scratch);
    }
  }

  /** The workspaces, of which all can be put to use: nothing was done yet. */
  private static List<WorkspaceSettings> settings(ReferenceAsked asked, Path dataDir) {
    var all = new ArrayList<WorkspaceSettings>();
    asked
        .texts()
        .forEach((name, text) -> {
          WorkspaceSettings settings =
              WorkspaceFile.read(name, text, dataDir, new Author("Syncline", ""));
          Optional<Path> output = Optional.ofNullable(asked.outputs().get(name));
          if (output.filter(it -> settings.proposingInto(it).isEmpty()).isPresent()) {
            throw new SyncException.Invalid(
                "workspace " + name + " has no git link with pull-request: nothing is proposed");
          }
          ReferenceSecrets.mustBeThere(settings, output);
          all.add(settings);
        });
    return all;
  }

  private ExitCode sync(Asked asked, Configuration configuration) throws IOException {
    return context
        .program()
        .administer(
            configuration,
            server -> {
              var worst = ExitCode.OK;
              for (WorkspaceSettings settings : asked.settings()) {
                ReferenceTold told = sync(server.workspaces(), settings, asked);
                if (asked.given().has("--json")) {
                  context.console().out().println(StatusText.json(told.status()));
                } else {
                  told.lines().forEach(context.console().out()::println);
                }
                worst = worst.orWorse(ended(told));
              }
              return worst;
            });
  }

  private static ReferenceTold sync(
      Workspaces workspaces, WorkspaceSettings settings, Asked asked) {
    WorkspaceName name = settings.name();
    Optional<RunId> before =
        workspaces.names().contains(name)
            ? workspaces.runs(name, 1).stream().map(Run::id).findFirst()
            : Optional.empty();
    put(workspaces, name, asked.text(name));
    Workspaces.Status status = workspaces.sync(name, Optional.empty());
    List<Run> runs =
        workspaces.runs(name, MOST_RUNS).stream()
            .takeWhile(run -> !before.equals(Optional.of(run.id())))
            .toList();
    return new ReferenceTold(settings, status, runs);
  }

  private static void put(Workspaces workspaces, WorkspaceName name, String text) {
    if (!workspaces.names().contains(name) || !workspaces.text(name).equals(text)) {
      workspaces.put(name, text);
    }
  }

  private ExitCode ended(ReferenceTold told) {
    told.complaints().forEach(why -> context.console().err().println("syncline: " + why));
    return told.code();
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
  private ExitCode dryRun(Asked asked, Configuration configuration, Path scratch)
      throws IOException {
    Configuration aside = configuration.inFolder(scratch.resolve("data"));
    for (WorkspaceSettings settings : asked.settings()) {
      Path ledger = Path.of("workspaces", settings.name().value(), "ledger.git");
      Folders.copy(configuration.dataDir().resolve(ledger), aside.dataDir().resolve(ledger));
    }
    ExitCode trouble =
        context
            .program()
            .administer(
                aside,
                server -> {
                  var worst = ExitCode.OK;
                  for (WorkspaceSettings settings : asked.settings()) {
                    worst = worst.orWorse(ended(sync(server.workspaces(), settings, asked)));
                  }
                  return worst;
                });
    boolean isKnown = trouble == ExitCode.OK || trouble == ExitCode.PARTLY;
    return isKnown ? trouble.orWorse(drift(asked)) : trouble;
  }

  private ExitCode drift(Asked asked) throws IOException {
    try (var drift = new ReferenceDrift()) {
      for (WorkspaceSettings settings : asked.settings()) {
        drift.add(
            settings,
            Optional.ofNullable(asked.asked().outputs().get(settings.name())).orElseThrow());
      }
      return new Comparing(context.console())
          .compare(drift.categories(), RecordRules.NONE, asked.given());
    }
  }
}

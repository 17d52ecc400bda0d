package dev.syncline.server.cli;

import dev.syncline.core.model.SyncException;
import dev.syncline.core.model.WorkspaceName;
import dev.syncline.server.config.HordeSettings;
import dev.syncline.server.config.HordeWorkspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What {@code reference sync} is asked for.
 *
 * @param texts files of workspaces, by name
 * @param outputs where the files of a workspace go in place of a pull request
 * @param home the data directory; the usual one if empty
 * @param way how far it goes
 */
record ReferenceAsked(
    SequencedMap<WorkspaceName, String> texts,
    Map<WorkspaceName, Path> outputs,
    Optional<Path> home,
    Way way) {

  ReferenceAsked {
    outputs = Map.copyOf(outputs);
  }

  /** How long it goes on, and how far. */
  enum Way {
    ONCE,
    /** Until the process is told to end. */
    FOLLOW,
    /** Only to see. */
    DRY_RUN
  }

  /** Reads a command line, and the variables that it stands on. */
  record Reading(Console console, Arguments given) {

    private static final String PREFIX = "HORDE_GITHUB_SYNC_";
    private static final String HORDE = "horde";

    /**
     * Reads it.
     *
     * @param scratch where a dry run writes
     */
    ReferenceAsked read(Path scratch) throws IOException {
      if (given.option("--preset").isPresent()) {
        return preset(scratch);
      }
      Path folder = console.folder();
      Path file =
          given
              .option("--workspace-file")
              .map(folder::resolve)
              .orElseThrow(() ->
                  new SyncException.Invalid("name a --workspace-file, or a --preset (horde)"));
      if (!Files.isRegularFile(file)) {
        throw new SyncException.Invalid("there is no file " + file);
      }
      var name =
          new WorkspaceName(String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", ""));
      Way way = given.has("--dry-run") ? Way.DRY_RUN : given.has("--watch") ? Way.FOLLOW : Way.ONCE;
      Optional<Path> output =
          way == Way.DRY_RUN ? Optional.of(scratch) : output(given.option("--output-dir"));
      var texts = new LinkedHashMap<WorkspaceName, String>();
      texts.put(name, Files.readString(file));
      return new ReferenceAsked(
          texts,
          output.map(it -> Map.of(name, it)).orElse(Map.of()),
          given.option("--target-dir").map(folder::resolve),
          way);
    }

    /** Where files go in place of a pull request; empty if one is opened. */
    private Optional<Path> output(Optional<String> folder) {
      if (given.has("--no-pr") && folder.isEmpty()) {
        throw new SyncException.Invalid("--no-pr needs --output-dir: where the files go");
      }
      return folder.map(it -> console.folder().resolve(it).toAbsolutePath().normalize());
    }

    private ReferenceAsked preset(Path scratch) {
      String preset = given.option("--preset").orElseThrow();
      if (!preset.equals(HORDE)) {
        throw new SyncException.Invalid("`" + preset + "` is no preset: there is horde");
      }
      HordeSettings settings = HordeSettings.of(variables());
      HordeSettings.Goal goal = settings.work().goal();
      Way way =
          switch (goal) {
            case DRY_RUN -> Way.DRY_RUN;
            case FILES, PULL_REQUEST ->
                settings.watch().interval().isPresent() ? Way.FOLLOW : Way.ONCE;
          };
      Optional<Path> output =
          switch (goal) {
            case DRY_RUN -> Optional.of(scratch);
            case FILES -> output(settings.work().output().map(Path::toString));
            case PULL_REQUEST -> Optional.empty();
          };
      if (goal == HordeSettings.Goal.FILES && output.isEmpty()) {
        throw new SyncException.Invalid(
            "without a pull request the files need a folder: give --output-dir");
      }
      SequencedMap<WorkspaceName, String> texts = HordeWorkspaces.of(settings);
      var outputs = new HashMap<WorkspaceName, Path>();
      output.ifPresent(
          it -> texts.keySet().forEach(name -> outputs.put(name, it.resolve(name.value()))));
      return new ReferenceAsked(
          texts, outputs, settings.work().target().map(console.folder()::resolve), way);
    }

    /** Each option in place of the variable that it stands for. */
    private Map<String, String> variables() {
      var all = new HashMap<>(console.environment());
      Map.of(
              "--primary-url", "PRIMARY_API_URL",
              "--categories", "CATEGORIES_TO_SYNC",
              "--watch-interval", "WATCH_INTERVAL_SECONDS",
              "--output-dir", "OUTPUT_DIR",
              "--target-dir", "TARGET_CLONE_DIR")
          .forEach((option, name) ->
              given.option(option).ifPresent(value -> all.put(PREFIX + name, value)));
      Map.of(
              "--dry-run", "DRY_RUN",
              "--no-pr", "NO_PR",
              "--verbose", "VERBOSE_LOGGING",
              "--watch", "WATCH_MODE",
              "--watch-startup-sync", "WATCH_ENABLE_STARTUP_SYNC")
          .forEach((flag, name) -> {
            if (given.has(flag)) {
              all.put(PREFIX + name, "true");
            }
          });
      if (given.has("--force")) {
        all.put(PREFIX + "MIN_CHANGES_THRESHOLD", "1");
      }
      return all;
    }
  }
}

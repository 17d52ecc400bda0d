package dev.syncline.server.cli;

import dev.syncline.server.config.ConfigurationReader;
import dev.syncline.server.config.Json;
import dev.syncline.server.config.Reading;
import dev.syncline.server.config.Schema;
import dev.syncline.server.config.Setting;
import dev.syncline.server.config.Settings;
import dev.syncline.server.config.YamlText;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/** What can be asked about the configuration. */
final class ConfigCommands {

  private ConfigCommands() {}

  static Command of(Context context) {
    return Group.of(
        "config",
        "Check, show and describe the configuration.",
        new Check(context),
        new Show(context),
        new Printed(
            context,
            Shape.of("sample", "Print a configuration file that names and explains every setting.")
                .examples("syncline config sample > syncline.yaml"),
            YamlText::sample),
        new Printed(
            context,
            Shape.of("schema", "Print a JSON Schema of the configuration file, for editors.")
                .examples("syncline config schema > syncline.schema.json"),
            Schema::text));
  }

  /** Looks for problems. */
  private record Check(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withSettings(
              Shape.of(
                  "check", "Look for problems in the configuration, without starting anything."))
          .examples(
              "syncline config check",
              "syncline config check --config /etc/syncline/syncline.yaml");
    }

    @Override
    public ExitCode run(Arguments given) {
      return switch (context.read(given)) {
        case Reading.Refused refused -> {
          refused.problems().forEach(context.console().err()::println);
          yield ExitCode.CONFIGURATION;
        }
        case Reading.Accepted accepted -> {
          String file =
              accepted
                  .file()
                  .map(Object::toString)
                  .orElse("no " + ConfigurationReader.DEFAULT_FILE + ", defaults");
          context.console().out().println(file + ": no problems");
          yield ExitCode.OK;
        }
      };
    }
  }

  /** Shows what holds. */
  private record Show(Context context) implements Command {
    @Override
    public Shape shape() {
      return Context.withSettings(
              Shape.of("show", "Show the value of every setting and where it comes from."))
          .flag("--json", "Print JSON.")
          .examples("syncline config show", "PORT=8080 syncline config show --json");
    }

    @Override
    public ExitCode run(Arguments given) {
      switch (context.read(given)) {
        case Reading.Refused refused -> throw new ConfigurationException(refused);
        case Reading.Accepted accepted ->
            context
                .console()
                .out()
                .print(
                    given.has("--json")
                        ? json(accepted) + "\n"
                        : YamlText.shown(accepted.values()));
      }
      return ExitCode.OK;
    }

    private static String json(Reading.Accepted accepted) {
      var all = new LinkedHashMap<String, Object>();
      for (Setting<?> setting : Settings.all()) {
        accepted
            .values()
            .given(setting)
            .ifPresent(given -> {
              var value = new LinkedHashMap<String, Object>();
              value.put("value", given.shown());
              value.put("from", given.origin());
              all.put(setting.key(), value);
            });
      }
      return Json.pretty(all);
    }
  }

  /** Prints a text that depends on nothing. */
  private record Printed(Context context, Shape shape, Supplier<String> text) implements Command {
    @Override
    public ExitCode run(Arguments given) {
      context.console().out().print(text.get());
      return ExitCode.OK;
    }
  }
}
